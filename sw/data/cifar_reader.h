// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/data/data_file.h"
#include "sw/data/image_set.h"

namespace airnn {

/// CIFAR-10 binary: records of one label byte and 3x32x32 pixels (red, green, blue). There is no
/// header, so this is what a file is taken for that is nothing else; throws DataError unless the
/// size is a multiple of 3,073 bytes and every label is 0..9, naming all formats that were
/// expected.
ImageSet read_cifar(DataFile& file, std::int64_t most);

}  // namespace airnn
