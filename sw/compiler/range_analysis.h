// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/model/model.h"

namespace airnn {

/// Bounds of the values behind a layer's activation, in real numbers.
struct ValueRange {
  double low = 0;   ///< no input and no subset of the weights gives less (never above 0)
  double high = 0;  ///< ... or more (never below 0)
  double seen = 0;  ///< largest magnitude that calibration inputs gave with all weights

  double sound() const { return high > -low ? high : -low; }
};

/// Range of a network's inputs: the preprocessed pixels 0..255 of all channels, and what the
/// `calibration` inputs have beyond them.
ValueRange input_range(const Preprocess& preprocess,
                       const std::vector<std::vector<float>>& calibration);

/// Ranges of all layers: interval arithmetic from `input` on for `low` and `high`; for `seen`,
/// inferences of synthetic inputs (fewer for large networks, so that they take seconds) and of the
/// given `calibration` inputs (CHW, preprocessed). `preprocess` is complete. Throws DataError if a
/// calibration input has another size than the network's input. Passes the checkpoint in each layer
/// of each inference.
std::vector<ValueRange> analyse_ranges(const Model& model, const Preprocess& preprocess,
                                       const ValueRange& input,
                                       const std::vector<std::vector<float>>& calibration,
                                       int threads, const Checkpoint& checkpoint = {});

}  // namespace airnn
