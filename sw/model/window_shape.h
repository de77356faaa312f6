// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/format/network.h"

namespace airnn::graph {

enum class AutoPad : std::uint8_t { notset, valid, same_upper, same_lower };
enum class Rounding : std::uint8_t { floor, ceil };

/// Sets the pads of `window` for a map of height x width, as ONNX defines `auto_pad`.
void apply_auto_pad(AutoPad mode, const MapShape& map, Window* window);

/// Map that `window` makes of `map` (channels unchanged). With Rounding::ceil a last, partly empty
/// window counts if it starts inside the map or the padding before it. A side is 0 where the window
/// does not fit.
MapShape slide(const Window& window, const MapShape& map, Rounding rounding);

/// Whether each of the windows over `map` that make `result` holds an element of the map.
bool every_window_meets_map(const Window& window, const MapShape& map, const MapShape& result);

}  // namespace airnn::graph
