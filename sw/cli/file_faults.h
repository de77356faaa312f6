// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/seal.h"

namespace airnn {

/// One line on standard error about damaged files of an evaluation that are made again; nothing
/// without any. Paths are given relative to `folder`.
void tell_faults(const std::vector<FileFault>& faults, const std::string& folder);

}  // namespace airnn
