// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace airnn {

// What the units of the machine are called wherever a user meets them: in waveforms, timelines,
// results, messages and run files. A layer's unit has the layer's name, which is none of these.
// The memory's name is that of its controller.
inline constexpr const char* kHostName = "host";
inline constexpr const char* kControllerName = "read_weight_controller";
inline constexpr const char* kAddressesName = "buffer_address_calculation";
inline constexpr const char* kInputBufferName = "input_buffer";
inline constexpr const char* kScoreName = "score_calculation";
inline constexpr const char* kFlatMemoryName = "flat_memory";
inline constexpr const char* kDdr3MemoryName = "ddr3_controller";

inline constexpr std::array kUnitNames = {kHostName,        kControllerName, kAddressesName,
                                          kInputBufferName, kScoreName,      kFlatMemoryName,
                                          kDdr3MemoryName};

/// Of the unit in front of a layer's weight buffer that expands lines.
inline std::string decompressor_name(const std::string& layer) {
  return layer + ".decompressor";
}

inline bool is_unit_name(std::string_view name) {
  return std::find(kUnitNames.begin(), kUnitNames.end(), name) != kUnitNames.end();
}

}  // namespace airnn
