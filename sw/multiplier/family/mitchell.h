// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Logarithms are added, which are linear between powers of two.
MultiplierFamily mitchell_family();

}  // namespace airnn
