// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sw/describe/image_selection.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// The groups of one iteration, a line each: flags of the blocks, and kernel@block or
/// kernel@first-last (policy position: kernel@tag).
std::string groups_text(const MemoryImage& image, std::uint16_t iteration,
                        const ImageSelection& selection);

/// The same as an array with an entry per layer that is interleaved in this iteration.
nlohmann::ordered_json groups_json(const MemoryImage& image, std::uint16_t iteration,
                                   const ImageSelection& selection);

}  // namespace airnn
