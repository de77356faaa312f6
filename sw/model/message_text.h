// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace airnn::graph {

/// A name of the user's (of a file, node, tensor, operator) as messages show it: at most 200
/// characters, then "..."; control characters are question marks.
std::string shown(const std::string& name);

/// "[1, 3, 32, 32]"; of a longer list than 32 the beginning and the length.
std::string to_string(const std::vector<std::int64_t>& dims);

}  // namespace airnn::graph
