// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "sw/data/image_set.h"

namespace airnn {

/// Draws `count` (at least 1) handwritten-looking digits with their labels: 1x28x28 grey pixels,
/// ink 255 on 0, in the 20x20 box and centred by mass as in MNIST. Each ten in a row are the ten
/// digits in random order. The same seed gives the same bytes on every platform, and drawing i does
/// not depend on `count`. Throws DataError for a count below 1.
LabelledSet draw_digits(int count, std::uint64_t seed);

}  // namespace airnn
