// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sw/config/config_tree.h"

namespace airnn {

/// A configuration as results show it.
nlohmann::ordered_json config_json(const ConfigTree& tree);

}  // namespace airnn
