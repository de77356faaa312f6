// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/config/config_node.h"

namespace airnn {

/// Reads one YAML document of plain scalars, lists and mappings. Throws ConfigError with the line
/// for malformed text, a key that stands twice in one mapping, a key that is no scalar, a second
/// document, and for anchors, aliases and tags, which would hide where a value comes from.
ConfigNode parse_yaml(const std::string& text, const std::string& origin);

}  // namespace airnn
