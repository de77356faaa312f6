// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace airnn::golden {

/// What is compared with the threshold: the margin of probabilities or that of the outputs
/// themselves.
enum class ScoreMode : std::uint8_t { softmax, raw };

/// Lowest index among the largest elements.
int prediction(const std::vector<std::int32_t>& outputs);

/// Largest minus second largest element; of a single one, itself.
std::int64_t margin(const std::vector<std::int32_t>& values);

/// The threshold as an integer of the score's format; `fraction_bits` are those of the outputs.
/// Throws ConfigError for what is no number.
std::int64_t threshold_integer(double threshold, ScoreMode mode, std::int32_t fraction_bits);

}  // namespace airnn::golden
