// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/associative_layer.h"

namespace airnn::golden {

namespace {

/// ((v >> n) << n) + 2^(n-1), or v itself if all bits count.
std::int32_t operand_of(const MatchRow& row) {
  if (row.free_bits == 0) {
    return row.value;
  }
  const std::int64_t unit = std::int64_t{1} << row.free_bits;
  return static_cast<std::int32_t>((row.value >> row.free_bits) * unit + unit / 2);
}

std::vector<std::int32_t> replaced(std::vector<std::int32_t> map,
                                   const std::vector<MatchRow>& rows) {
  for (std::int32_t& x : map) {
    if (x == 0) {
      continue;  // its product is zero, whatever the rows say
    }
    for (const MatchRow& row : rows) {
      if (x >> row.free_bits == row.value >> row.free_bits) {
        x = operand_of(row);
        break;
      }
    }
  }
  return map;
}

}  // namespace

AssociativeLayer::AssociativeLayer(const Layer& layer, const std::vector<std::int32_t>& centres,
                                   const std::vector<MatchRow>& rows)
    : exact_(layer, fastest_multiply_tile()) {
  for (const MatchRow& row : rows) {
    if (!row.is_empty()) {
      rows_of_[centres[row.bin]].push_back(row);
    }
  }
}

std::vector<std::int64_t> AssociativeLayer::accumulate(const std::vector<std::int32_t>& input,
                                                       const LayerWeights& weights) const {
  std::vector<std::int64_t> sums;
  for (const auto& [weight, part] : weights.of_value) {
    const auto rows = rows_of_.find(weight);
    const std::vector<std::int64_t> part_sums =
        rows == rows_of_.end() ? exact_.accumulate(input, *part)
                               : exact_.accumulate(replaced(input, rows->second), *part);
    sums.resize(part_sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i] += part_sums[i];
    }
  }
  return sums;
}

}  // namespace airnn::golden
