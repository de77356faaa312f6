// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "sw/cli/command.h"

namespace airnn {

/// Every subcommand, in the order in which the help lists them.
std::vector<std::unique_ptr<Command>> make_commands();

}  // namespace airnn
