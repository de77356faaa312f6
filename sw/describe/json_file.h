// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sw/results/json_text.h"

namespace airnn {

/// Writes it complete or not at all. Throws UserError.
void write_json_file(const nlohmann::ordered_json& document, const std::string& path);

}  // namespace airnn
