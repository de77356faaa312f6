// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Low bits of the operands are cleared.
MultiplierFamily mask_family();

}  // namespace airnn
