// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sw/golden/multiply_tile.h"

namespace airnn::golden {

/// Tables of products by their CRC-32C, as layers name them: 65,536 entries [(|x| << 8) | |w|].
using ProductTables = std::map<std::uint32_t, std::vector<std::uint16_t>>;

/// What a layer's multipliers make of every weight and every x where they are a table
/// (docs/numbers.md, "Approximate multipliers").
class ProductRows {
 public:
  /// Throws std::invalid_argument for a table of another size.
  explicit ProductRows(const std::vector<std::uint16_t>& table);

  /// `weight`: -128..127 and not zero; `x`: -128..255.
  std::int64_t product(std::int32_t weight, std::int32_t x) const { return row(weight)[x]; }

  /// As MultiplyTile, with these products; the terms are weights.
  void multiply_tile(const Term* terms, std::size_t count, const std::int32_t* panel,
                     std::size_t width, std::int64_t* sums) const;

 private:
  static constexpr std::int32_t kLeast = -128;  ///< of weights and of x
  static constexpr std::size_t kWeights = 256;
  static constexpr std::size_t kInputs = 384;

  /// To be indexed by x.
  const std::int32_t* row(std::int32_t weight) const {
    return products_.data() + (weight - kLeast) * static_cast<std::ptrdiff_t>(kInputs) - kLeast;
  }

  std::vector<std::int32_t> products_;
};

}  // namespace airnn::golden
