// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// Columns of cells are left out, the least significant ones first.
MultiplierFamily trunc_family();

}  // namespace airnn
