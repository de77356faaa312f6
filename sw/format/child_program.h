// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace airnn {

/// How a program ended, and what it printed to both outputs.
struct ChildRun {
  bool succeeded = false;
  std::string text;
};

/// Runs a program of the PATH to its end. `package`: where to get it from, for the message. Throws
/// UserError if it cannot be started.
ChildRun run_child(const std::vector<std::string>& words, const std::string& package);

}  // namespace airnn
