// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/compute/associative/match_table.h"

namespace airnn {

/// What one multiplier with its associative memory gives: nothing for a pixel that is zero, the
/// product of the row that a search finds, or the exact one.
inline std::int64_t associative_product(const MatchTable& table, std::uint8_t bin,
                                        std::int32_t weight, std::int32_t pixel) {
  if (pixel == 0) {
    return 0;
  }
  const std::int32_t row = table.find(bin, pixel);
  return row == MatchTable::kNoRow ? std::int64_t{weight} * pixel
                                   : table.rows()[static_cast<std::size_t>(row)].product;
}

/// Products of an input with the centres of so many bins lie so far apart.
constexpr std::size_t padded_bins(std::size_t bins) {
  return (bins + 7) / 8 * 8;
}

/// A tile of kTilePositions neurons: for each input, by its column, adds to each neuron's sum the
/// product of the neuron's bin. `products`: `stride` (padded_bins()) for each input. `panel`: bins
/// by column and neuron (BinnedKernels::panel()).
void add_bin_products(const std::vector<std::uint32_t>& columns,
                      const std::vector<std::int64_t>& products, std::size_t stride,
                      const std::uint8_t* panel, std::int64_t* sums);
/// The same in standard C++.
void add_bin_products_portable(const std::vector<std::uint32_t>& columns,
                               const std::vector<std::int64_t>& products, std::size_t stride,
                               const std::uint8_t* panel, std::int64_t* sums);

}  // namespace airnn
