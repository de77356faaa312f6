// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// One of two segments of each operand is multiplied.
MultiplierFamily ssm_family();

}  // namespace airnn
