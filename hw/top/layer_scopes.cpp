// SPDX-License-Identifier: Apache-2.0
#include "hw/top/layer_scopes.h"

#include <algorithm>
#include <set>

#include "sw/format/unit_names.h"

namespace airnn {

namespace {

/// The signal of the machine that is in no unit (docs/waveforms.md).
constexpr const char* kClock = "clock";

bool stays(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
         c == '-';
}

}  // namespace

std::vector<std::string> layer_scopes(const Network& network) {
  std::set<std::string> given(kUnitNames.begin(), kUnitNames.end());
  given.insert(kClock);
  std::vector<std::string> scopes;
  for (const Layer& layer : network.layers) {
    std::string base = layer.name;
    std::replace_if(
        base.begin(), base.end(), [](char c) { return !stays(c); }, '_');
    std::string scope = base;
    for (int i = 2; !given.insert(scope).second; ++i) {
      scope = base + "_" + std::to_string(i);
    }
    scopes.push_back(scope);
  }
  return scopes;
}

}  // namespace airnn
