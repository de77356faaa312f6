// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace airnn {

struct ConfigMember;

/// A configuration as it took effect: what was read, defaults included, in the order of reading.
/// Neutral, so that others can turn it into JSON with std::visit.
struct ConfigTree {
  using List = std::vector<ConfigTree>;
  using Mapping = std::vector<ConfigMember>;

  std::variant<std::int64_t, double, bool, std::string, List, Mapping> value;
};

struct ConfigMember {
  std::string key;
  ConfigTree value;
};

/// YAML text that, read again with the same reader, takes the same effect.
std::string to_yaml(const ConfigTree& tree);

}  // namespace airnn
