// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/config/option_values.h"

namespace airnn {

/// `--jobs`: threads or processes, at least one; the default is what the machine
/// has, or a job of Slurm in it.
int jobs_option(const std::string& text);
std::string default_jobs();

}  // namespace airnn
