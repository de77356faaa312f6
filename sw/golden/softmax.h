// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn::golden {

/// Softmax as the machine computes it (docs/numbers.md): Q0.31 probabilities of integers with
/// `fraction_bits` (>= 0) fraction bits, bit-exact.
std::vector<std::int32_t> fixed_softmax(const std::vector<std::int32_t>& outputs,
                                        std::int32_t fraction_bits);

/// The real softmax, in double precision: what the fixed-point one is compared with.
std::vector<double> reference_softmax(const std::vector<double>& logits);

}  // namespace airnn::golden
