// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace airnn {

/// The effective configuration of a run (StoredRun::config) as a table of "section.key" and value.
nlohmann::ordered_json configuration_table(const nlohmann::ordered_json& config,
                                           const std::string& title);

}  // namespace airnn
