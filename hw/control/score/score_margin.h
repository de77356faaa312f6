// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn {

enum class ScoreMode : std::uint8_t { softmax, raw };

struct ScoreMargin {
  std::int64_t score = 0;
  std::uint32_t prediction = 0;
};

/// Difference of the two largest outputs (paper, III) and the class of the largest (the first of
/// equals). `softmax`: of the probabilities, Q0.31; `raw`: of the outputs themselves, in their
/// format.
ScoreMargin score_margin(const std::int32_t* outputs, std::size_t classes, int fraction_bits,
                         ScoreMode mode);

/// The threshold as the score's integers: Q0.31, or the outputs' format for the raw score.
std::int64_t quantised_threshold(double threshold, int fraction_bits, ScoreMode mode);

/// Fraction bits of the score.
int score_fraction_bits(int fraction_bits, ScoreMode mode);

}  // namespace airnn
