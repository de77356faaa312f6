// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/weight_tuning.h"

#include <cstdlib>
#include <limits>
#include <vector>

namespace airnn {

namespace {

/// Sums of deviations of at most 256 products are far below 2^31.
std::int32_t deviation(const std::int32_t* products, std::int32_t weight, int activations) {
  std::int32_t sum = 0;
  for (std::int32_t i = 0; i < activations; ++i) {
    sum += std::abs(i * weight - products[i]);
  }
  return sum;
}

/// The products of each weight in one piece.
std::vector<std::int32_t> by_weight(const ProductTable& table, int weights, int activations) {
  std::vector<std::int32_t> products;
  for (int weight = 0; weight < weights; ++weight) {
    for (int i = 0; i < activations; ++i) {
      products.push_back(
          table.at(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(weight)));
    }
  }
  return products;
}

}  // namespace

TuningMap tuning_map(const ProductTable& table, int max_activation, int max_weight) {
  const int activations = max_activation + 1;
  const int candidates = max_weight + 1;
  const std::vector<std::int32_t> products = by_weight(table, candidates, activations);
  const auto deviation_of = [&](int candidate, int weight) {
    return deviation(&products[static_cast<std::size_t>(candidate * activations)], weight,
                     activations);
  };
  TuningMap map{};
  for (int weight = 0; weight < static_cast<int>(map.size()); ++weight) {
    const bool may_stay = weight < candidates;
    int best = may_stay ? weight : 0;
    std::int32_t least = deviation_of(best, weight);
    for (int candidate = 0; candidate < candidates; ++candidate) {
      const std::int32_t found = deviation_of(candidate, weight);
      if (found < least) {
        best = candidate;
        least = found;
      }
    }
    map[static_cast<std::size_t>(weight)] = static_cast<std::uint8_t>(best);
  }
  return map;
}

int remapped_weights(const TuningMap& map) {
  int remapped = 0;
  for (std::size_t weight = 0; weight < map.size(); ++weight) {
    remapped += map[weight] == weight ? 0 : 1;
  }
  return remapped;
}

double tuned_mae_percent(const ProductTable& table, const TuningMap& map) {
  std::int64_t sum = 0;
  for (std::uint32_t i = 0; i < ProductTable::kOperands; ++i) {
    for (std::uint32_t weight = 0; weight < ProductTable::kOperands; ++weight) {
      sum += std::abs(static_cast<std::int32_t>(i * weight) - table.at(i, map[weight]));
    }
  }
  constexpr double kPairs = ProductTable::kEntries;
  return 100.0 * static_cast<double>(sum) / kPairs / kPairs;
}

}  // namespace airnn
