// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn {

/// The hardware's softmax: subtract the maximum, exp by table and linear interpolation, sum,
/// reciprocal. Every bit is specified in docs/numbers.md. `fraction_bits` is the outputs' format;
/// the result is Q0.31.
std::vector<std::int64_t> softmax(const std::int32_t* outputs, std::size_t classes,
                                  int fraction_bits);

}  // namespace airnn
