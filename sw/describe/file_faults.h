// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/seal.h"

namespace airnn {

/// One line about damaged files of an evaluation that are made again; empty without any. Paths are
/// given relative to `folder`.
std::string faults_line(const std::vector<FileFault>& faults, const std::string& folder);

}  // namespace airnn
