// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/evaluate/plan.h"

namespace airnn {

/// What a search has found, for a terminal: the front, and how it came about.
std::string search_summary(const Plan& plan, const std::string& folder);

}  // namespace airnn
