// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "testbenches/unit/golden/small_network.h"

namespace airnn::golden::test {

/// docs/numbers.md once more, output by output in 128-bit integers, without any cleverness: what
/// the vectorised inference is compared with.
struct NaiveInference {
  std::vector<std::vector<std::int32_t>> outputs;  ///< of every layer
  std::vector<std::uint64_t> saturated;            ///< of every layer
};

NaiveInference naive_inference(const SmallNetwork& small, const std::vector<std::int32_t>& input,
                               int iteration);

/// The output map of every layer.
std::vector<std::vector<std::int32_t>> naive_outputs(const SmallNetwork& small,
                                                     const std::vector<std::int32_t>& input,
                                                     int iteration);

}  // namespace airnn::golden::test
