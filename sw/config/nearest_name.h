// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace airnn {

/// Levenshtein distance: insertions, deletions and replacements of single bytes.
std::size_t edit_distance(const std::string& a, const std::string& b);

/// The candidate a user most likely meant by `word`: the first of those with the smallest edit
/// distance. Empty if none is near enough to be worth suggesting.
std::string nearest_name(const std::string& word, const std::vector<std::string>& candidates);

/// The end of an error message: "; did you mean 'lanes'?", or nothing if no candidate is near.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace airnn
