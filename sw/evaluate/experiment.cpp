// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment.h"

#include <algorithm>
#include <array>

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

}  // namespace airnn
