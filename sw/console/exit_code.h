// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace airnn {

/// What the program tells the shell.
enum class ExitCode : int {
  done = 0,
  internal_error = 1,
  bad_input = 2,    ///< input, configuration or usage; one message says what was expected
  rule_broken = 3,  ///< a protocol or timing rule was broken during simulation
  stopped = 4,      ///< by the user (Ctrl-C)
};

}  // namespace airnn
