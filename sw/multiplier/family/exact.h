// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// No cell is left out: the product is right.
MultiplierFamily exact_family();

}  // namespace airnn
