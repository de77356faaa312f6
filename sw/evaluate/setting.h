// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sw/config/config_node.h"

namespace airnn {

/// One key of a point. `name` stands in tables and in `where`; `value` is what takes effect (for
/// files, a path that can be opened).
struct Setting {
  std::string key;
  std::string name;
  std::string value;
  ConfigPosition position{};  ///< where the value is written
};
using Settings = std::vector<Setting>;

/// Name of a key's value; empty if the point does not have the key.
std::string name_of(const Settings& settings, const std::string& key);
/// Values of this key are files; their content is what counts.
bool is_file_key(const std::string& key);
/// Every setting of `wanted` has the same name in `settings`.
bool matches(const Settings& settings, const Settings& wanted);

// In plan.json. What the value is may be a path of the machine at hand; its name is what counts.
void to_json(nlohmann::json& json, const Setting& setting);
void from_json(const nlohmann::json& json, Setting& setting);

}  // namespace airnn
