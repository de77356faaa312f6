// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace airnn {

/// One sentence for a command line that could not be parsed: an unknown option or command gets the
/// nearest name that exists. `program` is as parse() left it.
std::string usage_message(const CLI::App& program, const CLI::ParseError& error);

}  // namespace airnn
