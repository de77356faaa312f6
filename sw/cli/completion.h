// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/options.h"

namespace airnn {

/// A script that lets bash complete commands, options, values of which there are few, and files.
/// zsh reads it, too, after `bashcompinit`.
std::string bash_completion(const Options& program);

/// The same for fish.
std::string fish_completion(const Options& program);

}  // namespace airnn
