// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "hw/memory/ddr3/ddr3_channel.h"

namespace airnn::test {

/// Requests for a memory of 8 banks and rows of 8 KiB, mapped ro:ba:co, as fast as it takes them
/// unless arrivals say otherwise. traces/dram has what other simulators say about the first 10,000.
class DramStreams {
 public:
  using Requests = std::vector<DramRequest>;

  /// Reads from the first address on, `stride` bytes and `interval` tCK apart.
  static Requests reads(std::uint64_t count, std::uint64_t stride, Cycle interval = 0) {
    Requests requests;
    for (std::uint64_t i = 0; i < count; ++i) {
      requests.push_back({i, i * stride % kCapacity, false, i * interval});
    }
    return requests;
  }
  static Requests sequential(std::uint64_t count) { return reads(count, kBurst); }
  static Requests rows_of_one_bank(std::uint64_t count) { return reads(count, 8 * kRow); }
  static Requests rows_over_banks(std::uint64_t count) { return reads(count, kRow); }
  static Requests paced(std::uint64_t count, Cycle interval = 8) {
    return reads(count, kBurst, interval);
  }

  /// Three reads of one region, then a write of another.
  static Requests mixed(std::uint64_t count) {
    Requests requests;
    for (std::uint64_t i = 0; i < count; ++i) {
      const bool is_write = i % 4 == 3;
      const std::uint64_t address = is_write ? 0x4008000 + i / 4 * kBurst : (i - i / 4) * kBurst;
      requests.push_back({i, address % kCapacity, is_write, 0});
    }
    return requests;
  }

  /// Fetch of sparse weights: the four arrays that hold values, columns, rows and layers are read
  /// side by side, each with gaps, the latter two less often.
  static Requests weights(std::uint64_t count) {
    Requests requests;
    const auto add = [&](std::uint64_t address, int bursts) {
      for (int i = 0; i < bursts && requests.size() < count; ++i, address += kBurst) {
        requests.push_back({requests.size(), address % kCapacity, false, 0});
      }
    };
    for (std::uint64_t i = 0; requests.size() < count; ++i) {
      add(i * 6 * kBurst, 4);
      add(0x4004000 + i * 4 * kBurst, 2);
      if (i % 4 == 0) {
        add(0x8008000 + i / 4 * 3 * kBurst, 1);
      }
      if (i % 16 == 0) {
        add(0xa00c000 + i / 16 * 3 * kBurst, 1);
      }
    }
    return requests;
  }

  static Requests random(std::uint64_t count) {
    std::mt19937_64 generator(1);
    Requests requests;
    for (std::uint64_t i = 0; i < count; ++i) {
      requests.push_back({i, generator() % kCapacity / kBurst * kBurst, false, 0});
    }
    return requests;
  }

 private:
  static constexpr std::uint64_t kBurst = 64;
  static constexpr std::uint64_t kRow = 8192;
  static constexpr std::uint64_t kCapacity = std::uint64_t{1} << 32;
};

}  // namespace airnn::test
