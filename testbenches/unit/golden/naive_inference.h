// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden::test {

/// docs/numbers.md once more, output by output in 128-bit integers, without any cleverness: what
/// the vectorised inference is compared with.
struct NaiveInference {
  std::vector<std::vector<std::int32_t>> outputs;  ///< of every layer
  std::vector<std::uint64_t> saturated;            ///< of every layer
};

/// What multipliers make of a weight that is not zero and a pixel; empty: their product.
using Multiply = std::function<std::int64_t(std::int32_t weight, std::int32_t pixel)>;

/// `multiply`: of each layer; no list: exact ones.
NaiveInference naive_inference(const SmallNetwork& small, const std::vector<std::int32_t>& input,
                               int iteration, const std::vector<Multiply>& multiply = {});

/// The output map of every layer.
std::vector<std::vector<std::int32_t>> naive_outputs(const SmallNetwork& small,
                                                     const std::vector<std::int32_t>& input,
                                                     int iteration);

}  // namespace airnn::golden::test
