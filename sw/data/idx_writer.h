// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/data/image_set.h"

namespace airnn {

/// Writes pixels as IDX of unsigned bytes: N,H,W for one channel, N,C,H,W for several.
/// Throws DataError for a preprocessed set, UserError where the file cannot be written.
void write_idx_images(const ImageSet& images, const std::string& path);

/// Writes labels as IDX: unsigned bytes, or 16-bit integers if one exceeds 255.
/// Throws DataError for a label outside 0..32767, UserError where the file cannot be written.
void write_idx_labels(const std::vector<std::int32_t>& labels, const std::string& path);

/// Writes `PREFIX-images.idx` and `PREFIX-labels.idx`: both appear once both are written, or none.
void write_labelled_set(const LabelledSet& set, const std::string& prefix);

}  // namespace airnn
