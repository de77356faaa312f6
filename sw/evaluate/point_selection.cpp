// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_selection.h"

#include <algorithm>
#include <set>

#include "sw/config/nearest_name.h"

namespace airnn {

std::vector<std::string> PointSelection::keys() const {
  std::set<std::string> keys;
  for (const Settings& point : points_) {
    for (const Setting& setting : point) {
      keys.insert(setting.key);
    }
  }
  return {keys.begin(), keys.end()};
}

std::vector<std::string> PointSelection::names_of(const std::string& key) const {
  std::set<std::string> names;
  for (const Settings& point : points_) {
    for (const Setting& setting : point) {
      if (setting.key == key) {
        names.insert(setting.name);
      }
    }
  }
  return {names.begin(), names.end()};
}

Settings PointSelection::where(const ConfigReader& reader, bool may_miss) const {
  Settings wanted;
  const ConfigReader section = reader.section("where");
  const std::vector<std::string> known = keys();
  for (const std::string& key : section.keys()) {
    const std::string name = section.required_string(key);
    const std::vector<std::string> names = names_of(key);
    if (!may_miss && !std::binary_search(known.begin(), known.end(), key)) {
      section.fail(key, "no point has this key" + did_you_mean(key, known));
    }
    if (!may_miss && !std::binary_search(names.begin(), names.end(), name)) {
      section.fail(key, "no point has the value '" + name + "'" + did_you_mean(name, names));
    }
    wanted.push_back({key, name, name});
  }
  return wanted;
}

}  // namespace airnn
