// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "hw/common/ceil_log2.h"

namespace airnn {

/// Bits that hold the numbers up to `most`.
inline std::uint32_t bits_for(std::uint32_t most) {
  return ceil_log2(std::uint64_t{most} + 1);
}

/// Of pin `rtl_latency`, which units have whose latency is that of the machine.
constexpr unsigned kLatencyBits = 16;

/// Bits of a pin, in the layout of airnn_rtl.h.
class RtlPin {
 public:
  RtlPin() = default;
  RtlPin(void* data, std::uint32_t width)
      : bytes_(static_cast<std::uint8_t*>(data)), width_(width) {}

  std::uint32_t width() const { return width_; }

  /// Field `index` of a pin that is fields of so many bits, at most 32, one behind the other.
  std::uint32_t field(std::size_t index, unsigned bits) const {
    const std::size_t first = index * bits;
    std::uint64_t found = 0;
    // A number of up to 32 bits that begins inside of a byte lies in at most five.
    for (std::size_t at = first / kByte; at * kByte < first + bits; ++at) {
      found |= std::uint64_t{bytes_[at]} << ((at - first / kByte) * kByte);
    }
    return static_cast<std::uint32_t>((found >> (first % kByte)) & mask(bits));
  }
  void put_field(std::size_t index, unsigned bits, std::uint32_t value) {
    const std::size_t first = index * bits;
    const std::uint64_t kept = mask(bits) << (first % kByte);
    const std::uint64_t put = (std::uint64_t{value} << (first % kByte)) & kept;
    for (std::size_t at = first / kByte; at * kByte < first + bits; ++at) {
      const std::size_t shift = (at - first / kByte) * kByte;
      bytes_[at] = static_cast<std::uint8_t>((bytes_[at] & ~(kept >> shift)) | (put >> shift));
    }
  }

  /// Of a pin of at most 32 bits.
  std::uint32_t get() const { return field(0, width_); }
  void put(std::uint32_t value) { put_field(0, width_, value); }
  bool is_set() const { return get() != 0; }

  /// Of a pin of at most 64 bits, a multiple of 8.
  std::uint64_t get_wide() const {
    std::uint64_t value = 0;
    for (unsigned at = 0; at * kByte < width_; ++at) {
      value |= std::uint64_t{bytes_[at]} << (at * kByte);
    }
    return value;
  }
  void put_wide(std::uint64_t value) {
    for (unsigned at = 0; at * kByte < width_; ++at) {
      bytes_[at] = static_cast<std::uint8_t>(value >> (at * kByte));
    }
  }

  void clear() { std::memset(bytes_, 0, (width_ + kByte - 1) / kByte); }
  bool is_zero() const {
    for (std::size_t at = 0; at * kByte < width_; ++at) {
      if (bytes_[at] != 0) {
        return false;
      }
    }
    return true;
  }

 private:
  static constexpr std::size_t kByte = 8;

  static constexpr std::uint64_t mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

  std::uint8_t* bytes_ = nullptr;
  std::uint32_t width_ = 0;
};

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "then numbers of any size are bytes, the lowest first");

}  // namespace airnn
