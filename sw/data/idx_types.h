// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace airnn {

/// Types of elements that IDX files name in their third byte, those that are read and written here.
inline constexpr std::uint8_t kIdxUnsignedByte = 0x08;
inline constexpr std::uint8_t kIdxShort = 0x0B;

}  // namespace airnn
