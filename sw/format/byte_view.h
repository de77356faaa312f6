// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace airnn {

/// A read-only range of bytes that somebody else owns.
struct ByteView {
  const std::uint8_t* data = nullptr;
  std::size_t size = 0;

  const std::uint8_t* begin() const { return data; }
  const std::uint8_t* end() const { return data + size; }
  ByteView subview(std::size_t offset, std::size_t count) const { return {data + offset, count}; }
};

/// Little-endian unsigned integer of `bytes` (1..8) bytes at `from`.
inline std::uint64_t load_little_endian(const std::uint8_t* from, int bytes) {
  std::uint64_t value = 0;
  for (int i = bytes - 1; i >= 0; --i) {
    value = (value << 8) | from[i];
  }
  return value;
}

/// Writes the low `bytes` (1..8) bytes of `value` at `to`, least significant first.
inline void store_little_endian(std::uint8_t* to, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    to[i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
}

}  // namespace airnn
