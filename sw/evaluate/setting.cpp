// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/setting.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace airnn {

bool is_file_key(const std::string& key) {
  static constexpr std::array<const char*, 8> kFileKeys = {"run",
                                                           "memory",
                                                           "energy",
                                                           "accelerator",
                                                           "accelerator.multipliers",
                                                           "compile.preprocess",
                                                           "compile.calibrate",
                                                           "compile.accelerator"};
  return std::find(kFileKeys.begin(), kFileKeys.end(), key) != kFileKeys.end();
}

std::string name_of(const Settings& settings, const std::string& key) {
  const auto it = std::find_if(settings.begin(), settings.end(),
                               [&](const Setting& setting) { return setting.key == key; });
  return it == settings.end() ? "" : it->name;
}

bool matches(const Settings& settings, const Settings& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const Setting& setting) {
    return name_of(settings, setting.key) == setting.name;
  });
}

void to_json(nlohmann::json& json, const Setting& setting) {
  json = nlohmann::json::array({setting.key, setting.name});
}

void from_json(const nlohmann::json& json, Setting& setting) {
  json.at(0).get_to(setting.key);
  json.at(1).get_to(setting.name);
}

}  // namespace airnn
