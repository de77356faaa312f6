// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/config_parts.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace airnn {

namespace {

ConfigTree without(const std::vector<std::string>& keys, ConfigTree config) {
  auto& members = std::get<ConfigTree::Mapping>(config.value);
  members.erase(std::remove_if(members.begin(), members.end(),
                               [&](const ConfigMember& member) {
                                 return std::find(keys.begin(), keys.end(), member.key) !=
                                        keys.end();
                               }),
                members.end());
  return config;
}

bool has_same(const ConfigTree::Mapping& members, const ConfigMember& wanted) {
  return std::any_of(members.begin(), members.end(), [&](const ConfigMember& member) {
    return member.key == wanted.key && to_yaml(member.value) == to_yaml(wanted.value);
  });
}

/// What layers have for themselves, but for their elements; nothing if they have nothing.
void add_layers(const ConfigTree::Mapping& layers, const ConfigTree::Mapping& accelerator,
                ConfigTree::Mapping& to) {
  ConfigTree::Mapping others;
  for (const ConfigMember& layer : layers) {
    ConfigTree::Mapping own;
    for (const ConfigMember& key : std::get<ConfigTree::Mapping>(layer.value.value)) {
      if (key.key != "element" && !has_same(accelerator, key)) {
        own.push_back(key);
      }
    }
    if (!own.empty()) {
      others.push_back({layer.key, {std::move(own)}});
    }
  }
  if (!others.empty()) {
    to.push_back({"layers", {std::move(others)}});
  }
}

}  // namespace

std::string config_text(const ConfigTree& config, const std::vector<std::string>& keys) {
  return to_yaml(without(keys, config));
}

ConfigTree without_elements(ConfigTree config) {
  for (ConfigMember& section : std::get<ConfigTree::Mapping>(config.value)) {
    if (section.key == "accelerator") {
      const auto all = std::get<ConfigTree::Mapping>(section.value.value);
      section.value = without({"multipliers", "elements", "organisation", "layers"}, section.value);
      for (const ConfigMember& key : all) {
        if (key.key == "layers") {
          add_layers(std::get<ConfigTree::Mapping>(key.value.value), all,
                     std::get<ConfigTree::Mapping>(section.value.value));
        }
      }
    }
  }
  return config;
}

}  // namespace airnn
