// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/describe/image_selection.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Header, layers, sections and batches as tables.
std::string image_text(const MemoryImage& image, const std::string& file,
                       const ImageSelection& selection);

/// The four arrays of Figure 7 of one cluster, a line each.
std::string crs_text(const MemoryImage& image, std::uint16_t iteration, std::uint16_t cluster,
                     const ImageSelection& selection);

}  // namespace airnn
