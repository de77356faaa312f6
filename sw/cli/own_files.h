// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace airnn {

/// Files that belong to the program and can be named instead of given by a path.
enum class OwnFile { run, memory, energy, experiment, mesh, multipliers, model };

/// The folder with `configs` and `models`: AIRNN_HOME if that is set, else share/airnn beside the
/// program or beside a folder that it lies in. Empty if there is none.
std::filesystem::path own_folder();

/// What an option or argument means by `text`: a file of this path; if there is none, and `text`
/// has neither slash nor dot, the program's own file of this name, "default" or "lenet5". Throws
/// UserError with the nearest name; whatever else is no file is left to who reads it.
std::string file_or_name(const std::string& option, OwnFile kind, const std::string& text);

}  // namespace airnn
