// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/fault/fault.h"
#include "sw/config/parameter.h"

namespace airnn {

/// The key `kind` of every fault.
const Parameter<Fault>& fault_kind_parameter();

/// What a fault of this kind has besides.
struct FaultKeys {
  FaultKind kind;
  const char* name;
  ParameterTable<Fault> keys;
};

const std::vector<FaultKeys>& fault_parameters();

}  // namespace airnn
