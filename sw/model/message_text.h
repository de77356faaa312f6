// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/format/shown_text.h"

namespace airnn::graph {

/// "[1, 3, 32, 32]"; of a longer list than 32 the beginning and the length.
std::string to_string(const std::vector<std::int64_t>& dims);

}  // namespace airnn::graph
