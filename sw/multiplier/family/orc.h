// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Low columns give the OR of their cells instead of the sum.
MultiplierFamily orc_family();

}  // namespace airnn
