// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/config/config_tree.h"

namespace airnn {

/// A configuration that took effect, but for these keys.
std::string config_text(const ConfigTree& config, const std::vector<std::string>& without);

/// A configuration that took effect, but for what layers multiply by: equal for machines that
/// differ in nothing else.
ConfigTree without_elements(ConfigTree config);

}  // namespace airnn
