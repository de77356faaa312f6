// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/evaluate/comparison.h"

namespace airnn {

/// How far the numbers of one comparison (those of compare_numbers()) are from the published ones,
/// in one sentence: by the nearest of ours beside each.
std::string comparison_headline(const std::vector<ComparedNumber>& numbers);

}  // namespace airnn
