// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// The names of the layers' units in paths ("accelerator./3/Conv.in_map"): those of the layers, but
/// that characters with a meaning in paths and patterns are `_`, and the second of two that became
/// equal ends with `_2`. No name of another unit is among them.
std::vector<std::string> layer_scopes(const Network& network);

}  // namespace airnn
