// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/data/digit_raster.h"
#include "sw/data/digit_strokes.h"
#include "sw/data/random_source.h"

namespace airnn {

/// Writes a form once, as a hand would: points waver, the digit is slanted, turned, stretched and
/// bent a little, the line grows and shrinks. The lines fit the 20x20 box of a 28x28 image.
std::vector<InkLine> write_form(const DigitForm& form, RandomSource& random);

}  // namespace airnn
