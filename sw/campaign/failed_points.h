// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/console/exit_code.h"
#include "sw/evaluate/point_failures.h"

namespace airnn {

/// The exit code of an evaluation in which these points failed: that of the gravest failure. An
/// internal error comes before a broken rule, and that before bad input.
ExitCode worst(const PointFailures& failures);

}  // namespace airnn
