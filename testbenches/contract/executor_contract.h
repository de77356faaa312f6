// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "sw/campaign/executor/executor.h"

namespace airnn::test {

/// What an executor does wrong with random graphs of tasks, some of which fail, some of which are
/// stored already, and which the user stops and goes on with; empty if nothing. Each task must be
/// done after what it builds on, once, and only if it is of use; all must come to their end; and
/// what fails must fail with its own kind and message, whatever the order.
std::string broken_rule(const std::function<std::unique_ptr<Executor>()>& make, int graphs,
                        std::uint32_t seed);

}  // namespace airnn::test
