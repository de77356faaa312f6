// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/sim/run_failure.h"
#include "sw/console/exit_code.h"

namespace airnn {

ExitCode exit_code(FailureKind kind);

}  // namespace airnn
