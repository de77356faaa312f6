// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "sw/compiler/fixed_point.h"
#include "sw/format/network.h"
#include "sw/multiplier/weight_tuning.h"

namespace airnn {

/// From the weights of a layer to the integers that an image stores of them: rounded to the layer's
/// format, and, if the layer is tuned, each replaced by one that its multipliers treat better. The
/// sign stays, and so does zero, which is never multiplied.
class WeightRounding {
 public:
  /// `tuning` may be null, and must outlive this.
  explicit WeightRounding(const Layer& layer, const TuningMap* tuning = nullptr)
      : scale_(scale_of(layer.weight_format.fraction_bits)), tuning_(tuning) {}

  std::int32_t operator()(float weight) const {
    const auto value = static_cast<std::int32_t>(quantise(weight, scale_));
    if (tuning_ == nullptr || value == 0) {
      return value;
    }
    const std::int32_t magnitude = (*tuning_)[static_cast<std::size_t>(std::abs(value))];
    return value < 0 ? -magnitude : magnitude;
  }

 private:
  double scale_;
  const TuningMap* tuning_;
};

/// The layer says how many of its weights are stored, and how many are zero.
void count_stored(const std::vector<float>& weights, const WeightRounding& rounding, Layer& layer);

}  // namespace airnn
