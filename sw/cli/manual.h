// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/options.h"

namespace airnn {

/// The program's page for `man`, in roff: every command with every option.
std::string manual_page(const Options& program, const std::string& version);

}  // namespace airnn
