// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/options.h"

namespace airnn {

/// Why a command line could not be parsed, as the parser sees it.
struct UsageFailure {
  std::string kind;                  ///< "ArgumentMismatch", ...
  std::string text;                  ///< the parser's own message
  std::vector<std::string> unknown;  ///< words that nothing takes
};

/// One sentence: an unknown option or command gets the nearest name that exists. `command` is the
/// program itself if no command was found before the first unknown word.
std::string usage_message(const Options& program, const Options& command,
                          const UsageFailure& failure);

}  // namespace airnn
