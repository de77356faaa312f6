// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/format/network.h"
#include "sw/model/model.h"

namespace airnn {

/// Replaces each weight by the centre of its bin, the mean of the weights in it, as a float. The at
/// most `bins` bins of a layer are those with the least sum of squared distances. Biases stay.
/// Weights that are exactly zero stay zero, for which one of the bins is there if there are any.
Model binned_model(Model model, int bins, int threads, const Checkpoint& checkpoint = {});

/// The centres of a binned layer, ascending: the integers that its weights become in its format,
/// zero among them if any weight does.
std::vector<std::int32_t> codebook_of(const Layer& layer, const std::vector<float>& weights);

}  // namespace airnn
