// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/format/network.h"

namespace airnn {

/// Names as tables and JSON use them.
const char* to_string(LayerKind kind);
const char* to_string(PoolKind kind);
const char* to_string(Activation activation);

std::string shape_text(const MapShape& shape);       ///< "16x5x5": channels, height, width
std::string format_text(const FixedFormat& format);  ///< "32 bit, 2^-28": width and unit
std::string window_text(const Window& window);       ///< "5x5 /2": sides and stride

}  // namespace airnn
