// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Operands are rounded to powers of two, and only the product of the two roundings is wrong.
MultiplierFamily roba_family();

}  // namespace airnn
