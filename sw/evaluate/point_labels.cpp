// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_labels.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "sw/config/scalar_parser.h"

namespace airnn {

namespace {

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
  std::set<std::string> known;  // each key is looked at once: there may be very many points
  for (const PointMeasures* point : points) {
    for (const Setting& setting : point->point->settings) {
      if (known.insert(setting.key).second &&
          std::any_of(points.begin(), points.end(), [&](const auto* other) {
            return name_of(other->point->settings, setting.key) != setting.name;
          })) {
        keys.push_back(setting.key);
      }
    }
  }
  return keys;
}

std::string key_words(const std::string& key) {
  std::string words = key.substr(key.rfind('.') + 1);
  std::replace(words.begin(), words.end(), '-', ' ');
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string setting_words(const Setting& setting) {
  if (speaks_for_itself(setting.key)) {
    return setting.name;
  }
  // Numbers of things stand before them.
  const bool counts = setting.key == "compile.clusters" || setting.key == "accelerator.lanes";
  return counts && parse_real(setting.name) ? setting.name + " " + key_words(setting.key)
                                            : key_words(setting.key) + " " + setting.name;
}

std::string label_of(const PointMeasures& point, const std::vector<std::string>& keys) {
  std::string label;
  for (const std::string& key : keys) {
    const std::string name = name_of(point.point->settings, key);
    if (!name.empty()) {
      label += label.empty() ? "" : ", ";
      label += setting_words({key, name, ""});
    }
  }
  return label;
}

std::string point_name(const PointMeasures& point, const std::vector<std::string>& keys) {
  const std::string label = label_of(point, keys);
  return label.empty() ? name_of(point.point->settings, "network") : label;
}

}  // namespace airnn
