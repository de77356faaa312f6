// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/data/data_file.h"
#include "sw/data/image_set.h"

namespace airnn {

/// The file begins as IDX does: two zero bytes, an element type, 1 to 4 dimensions.
bool looks_like_idx(DataFile& file);

/// IDX of unsigned bytes with 3 (N,H,W) or 4 (N,C,H,W) dimensions. Throws DataError.
ImageSet read_idx_images(DataFile& file, std::int64_t most);

/// IDX with 1 dimension of unsigned bytes (type 0x08) or 16-bit integers (0x0B). Throws DataError.
std::vector<std::int32_t> read_idx_labels(DataFile& file);

}  // namespace airnn
