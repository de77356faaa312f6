// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/space_settings.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "sw/campaign/compile_keys.h"
#include "sw/compiler/compile_option.h"

namespace airnn {

namespace {

/// Options that the base accelerator has, too: numbers, and what becomes of pixels.
constexpr std::array<const char*, 9> kOfBase = {
    "precision", "unsigned", "calibrate", "calibrate-first", "calibrate-count", "preprocess",
    "scale",     "mean",     "std"};
/// What has no meaning where all weights are there at once.
constexpr std::array<const char*, 7> kOfClusters = {
    "clusters", "init", "seed", "always-loaded", "clustered", "batch-order", "index-width"};
constexpr std::array<const char*, 3> kOfEnds = {"threshold", "min_iterations", "max_iterations"};

template <std::size_t N>
bool has(const std::array<const char*, N>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const char* one) { return name == one; });
}

bool begins_with(const std::string& text, const std::string& start) {
  return text.rfind(start, 0) == 0;
}

bool is_of_base(const Settings& settings) {
  return std::any_of(settings.begin(), settings.end(), [](const Setting& setting) {
    return setting.key == "compile.scheme" && setting.value == "base";
  });
}

/// What layers multiply by.
bool is_of_elements(const std::string& key) {
  constexpr const char* kEnd = ".element";
  return key == "accelerator.multipliers" || key == "accelerator.elements" ||
         key == "accelerator.organisation" ||
         (begins_with(key, "accelerator.layers.") && key.size() > std::string(kEnd).size() &&
          key.compare(key.size() - std::string(kEnd).size(), std::string::npos, kEnd) == 0);
}

}  // namespace

Settings meaningful_settings(Settings settings) {
  std::vector<CompileSetting> options;
  for (const Setting& setting : settings) {
    if (is_compile_key(setting.key)) {
      options.push_back({compile_name(setting.key), setting.value});
    }
  }
  const std::vector<std::string> refused = refused_options(options);
  const bool is_base = is_of_base(settings);
  const auto is_without_meaning = [&](const Setting& setting) {
    if (!is_compile_key(setting.key)) {
      return is_base && has(kOfEnds, setting.key);
    }
    const std::string name = compile_name(setting.key);
    return (is_base && has(kOfClusters, name)) ||
           std::find(refused.begin(), refused.end(), name) != refused.end();
  };
  settings.erase(std::remove_if(settings.begin(), settings.end(), is_without_meaning),
                 settings.end());
  return settings;
}

Settings base_settings(const Settings& settings) {
  Settings base;
  ConfigPosition elements;
  bool has_elements = false;
  for (const Setting& setting : settings) {
    if (is_of_elements(setting.key)) {
      has_elements = true;
      elements = setting.position;
    } else if (is_compile_key(setting.key) ? has(kOfBase, compile_name(setting.key))
                                           : !has(kOfEnds, setting.key)) {
      base.push_back(setting);
    }
  }
  base.push_back({"compile.scheme", "base", "base", {}});
  if (has_elements) {
    base.push_back({"accelerator.elements", "exact", "[exact]", elements});
  }
  return base;
}

}  // namespace airnn
