// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/console/exit_code.h"

namespace airnn {

/// The whole program: reads the command line, runs one command, and turns every exception into one
/// line on standard error ("airnn: ...") and an exit code.
ExitCode run_program(int argc, const char* const* argv);

}  // namespace airnn
