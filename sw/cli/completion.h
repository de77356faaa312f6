// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/options.h"

namespace airnn {

/// A script that lets bash complete commands, options, values of which there are few, and files.
std::string bash_completion(const Options& program);

/// The same for zsh: the file `_airnn` of a folder in `fpath`, or to be sourced after `compinit`.
std::string zsh_completion(const Options& program);

/// The same for fish.
std::string fish_completion(const Options& program);

}  // namespace airnn
