// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace airnn {

/// Entries of a folder in the order of their names; none if it is no folder.
std::vector<std::filesystem::path> entries(const std::filesystem::path& folder);
/// Entries of all folders in a folder.
std::vector<std::filesystem::path> entries_below(const std::filesystem::path& folder);

/// "2000-500.records": some inputs, and what of them.
bool is_scrap_name(const std::string& name);
/// All folders of an evaluation that have such files.
std::vector<std::filesystem::path> scrap_folders(const std::filesystem::path& evaluation);
/// What these have, other people's files too.
std::vector<std::filesystem::path> scrap_files(const std::filesystem::path& evaluation);

/// What OutputFile leaves of a file of an evaluation when its process is killed.
bool is_partial(const std::filesystem::path& file);
void remove_partial_in(const std::filesystem::path& folder);

}  // namespace airnn
