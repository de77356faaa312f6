// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/data/data_file.h"
#include "sw/data/image_set.h"

namespace airnn {

/// .npy of uint8 (pixels), float32 or float64 (preprocessed) with 2 (N,D), 3 (N,H,W) or 4 (N,C,H,W)
/// dimensions in C order. Throws DataError; also for NaN, infinity and what exceeds a float.
ImageSet read_npy_images(DataFile& file, std::int64_t most);

/// .npy of uint8, int32 or int64 with 1 dimension. Throws DataError.
std::vector<std::int32_t> read_npy_labels(DataFile& file);

}  // namespace airnn
