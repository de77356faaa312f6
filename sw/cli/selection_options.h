// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/describe/image_selection.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What the user asks for: the texts of `--layer` (a name or an index) and `--batch`, either of
/// which may be empty, and flags.
struct SelectionOptions {
  std::string layer;
  std::string batch;
  bool crs = false;
  bool interleaving = false;
  bool lines = false;
};

/// Throws UserError for what the image does not have.
ImageSelection select_from(const MemoryImage& image, const SelectionOptions& options);

}  // namespace airnn
