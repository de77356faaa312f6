// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// Goes through the layers in their order and proves of each that none of its sums can leave 64
/// bits (docs/numbers.md), as the compiler has proved it.
class SumCheck {
 public:
  explicit SumCheck(const Network& network);

  /// The next layer: sums of the magnitudes of its kernels' weights (with a table of products: of
  /// the largest products that the weights can have), and their biases (both empty without
  /// weights). `operand`: the largest in whose place a row of an associative memory stands. Throws
  /// ImageError that names the layer.
  void check(const std::vector<std::uint64_t>& magnitudes, const std::vector<std::int64_t>& biases,
             std::uint64_t operand = 0);

 private:
  std::uint64_t largest(std::int32_t source) const;
  std::uint64_t largest_sum(const Layer& layer, const std::vector<std::uint64_t>& magnitudes,
                            const std::vector<std::int64_t>& biases, std::uint64_t operand) const;

  const Network& network_;
  std::vector<std::uint64_t> largest_;  ///< magnitude of each layer's outputs, so far
};

}  // namespace airnn
