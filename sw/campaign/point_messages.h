// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/evaluate/experiment.h"

namespace airnn {

struct PointTask;

/// A message about one of a point's settings with the line of the experiment: one that begins with
/// an option of `compile` or with a file of the matrix says nothing of it.
std::string located(const std::string& message, const Settings& settings);

/// A message without the folders that files lie in, `out` being that of the evaluation: the same
/// wherever the experiment is run.
std::string portable(std::string message, const PointTask& task, const Settings& settings,
                     const std::string& out);

}  // namespace airnn
