// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/multiplier/family/family.h"

namespace airnn {

/// The broken array: rows and columns of cells are left out, the least significant ones first.
MultiplierFamily bam_family();

}  // namespace airnn
