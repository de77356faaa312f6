// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/format/interleaving.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {

/// Groups that fit the weights of a convolution: kernel after kernel goes into the newest group if
/// it fits there, else into a new one. Not clever, and written without the compiler.
KernelGroups fitting_groups(const RandomLayer& drawn, InterleavePolicy policy,
                            std::uint32_t blocks);

}  // namespace airnn::test
