// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/format/network.h"

namespace airnn {

/// Preprocessing with one mean and one deviation per input channel: 0 and 1 where none are given.
/// Throws UserError where their number does not fit, or a number is not finite or a deviation not
/// positive.
Preprocess complete_preprocess(const Preprocess& preprocess, const MapShape& input);

/// Synthetic images as network inputs (CHW), the same on every call: pixels at random, soft blobs,
/// strokes, all white, all black, and again the first three kinds.
std::vector<std::vector<float>> synthetic_inputs(const MapShape& input,
                                                 const Preprocess& preprocess);

}  // namespace airnn
