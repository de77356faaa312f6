// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sw/results/priced_action.h"

namespace airnn {

/// So many of an action, at one of its prices.
struct ActionCount {
  PricedAction what;
  std::uint64_t count = 0;
};

/// How often each action happened, by price class. Sums and differences of runs are exact.
struct Counts {
  std::array<std::uint64_t, kActions> of{};  ///< with the usual price
  std::vector<ActionCount> of_classes;       ///< with any other, in the order of files
  // In files of their own names, and not priced:
  std::uint64_t dram_reads = 0;  ///< 64-byte bursts
  std::uint64_t words_placed = 0;

  /// Of the usual price.
  std::uint64_t& operator[](Action action) { return of[static_cast<std::size_t>(action)]; }
  std::uint64_t operator[](Action action) const { return of[static_cast<std::size_t>(action)]; }
  /// Of one price; the first form makes room for it.
  std::uint64_t& operator[](const PricedAction& what);
  std::uint64_t operator[](const PricedAction& what) const;
  /// Of all prices together.
  std::uint64_t total(Action action) const;

  Counts& operator+=(const Counts& other);
  std::uint64_t dram_bytes() const { return dram_reads * 64; }
};

/// Part `index` of `parts` of an amount: whole numbers that differ by one at most, whose sum is it.
constexpr std::uint64_t equal_part(std::uint64_t amount, std::uint64_t index, std::uint64_t parts) {
  return amount / parts + (index < amount % parts ? 1 : 0);
}
/// The same of each count.
Counts equal_part(const Counts& counts, std::uint64_t index, std::uint64_t parts);

/// Throws std::logic_error if there is anything that is not among `counted`: files would lose it.
void check_counted(const Counts& counts, const std::vector<PricedAction>& counted);

/// Part of a channel's column commands that needed no ACT of their own; 0 without any.
double row_hit_rate(const Counts& counts);

}  // namespace airnn
