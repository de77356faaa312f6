// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_labels.h"

#include <algorithm>
#include <iterator>

namespace airnn {

namespace {

/// The part behind the last dot.
std::string short_key(const std::string& key) {
  return key.substr(key.rfind('.') + 1);
}

bool speaks_for_itself(const std::string& key) {
  return key == "network" || key == "run" || key == "memory" || key == "compile.scheme";
}

}  // namespace

MeasuredPoints matching(const MeasuredPoints& points, const Settings& where) {
  MeasuredPoints found;
  std::copy_if(points.begin(), points.end(), std::back_inserter(found),
               [&](const PointMeasures* point) { return matches(point->point->settings, where); });
  return found;
}

std::vector<std::string> varying_keys(const MeasuredPoints& points) {
  std::vector<std::string> keys;
  for (const PointMeasures* point : points) {
    for (const Setting& setting : point->point->settings) {
      const bool known = std::find(keys.begin(), keys.end(), setting.key) != keys.end();
      const bool varies = std::any_of(points.begin(), points.end(), [&](const auto* other) {
        return name_of(other->point->settings, setting.key) != setting.name;
      });
      if (!known && varies) {
        keys.push_back(setting.key);
      }
    }
  }
  return keys;
}

std::string label_of(const PointMeasures& point, const std::vector<std::string>& keys) {
  std::string label;
  for (const std::string& key : keys) {
    const std::string name = name_of(point.point->settings, key);
    if (!name.empty()) {
      label += label.empty() ? "" : ", ";
      label += speaks_for_itself(key) ? name : short_key(key) + " " + name;
    }
  }
  return label;
}

}  // namespace airnn
