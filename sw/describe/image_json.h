// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sw/describe/image_selection.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What `airnn inspect` shows, as one document.
nlohmann::ordered_json image_json(const MemoryImage& image, const std::string& file,
                                  const ImageSelection& selection);

}  // namespace airnn
