// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// The product is made of blocks of 2 by 2 bits, in which three times three is seven.
MultiplierFamily udm_family();

}  // namespace airnn
