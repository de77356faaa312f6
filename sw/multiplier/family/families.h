// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Every family, in the order in which lists show them.
const std::vector<MultiplierFamily>& multiplier_families();

}  // namespace airnn
