// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// A few bits from the leading one on are multiplied.
MultiplierFamily drum_family();

}  // namespace airnn
