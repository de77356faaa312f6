// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sw/compiler/checkpoint.h"
#include "sw/compiler/match_classes.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Rows of each layer of an image with bins, none of layers without weights: those pairs of bin and
/// class of activations that come together most often when the image, which has no rows, infers the
/// inputs in each of its iterations. Of equally frequent ones the smaller bin comes first, then the
/// smaller value. Activations that are zero do not count. Rows without a use are empty. `inputs`
/// are CHW, in the network's input format. The number of threads does not change the result.
std::vector<std::vector<MatchRow>> fill_match_rows(
    const MemoryImage& image, const std::vector<std::vector<std::int32_t>>& inputs,
    std::size_t rows, const MatchClasses& classes, int threads, const Checkpoint& checkpoint = {});

}  // namespace airnn
