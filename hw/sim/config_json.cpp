// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/config_json.h"

#include <nlohmann/json.hpp>
#include <type_traits>
#include <variant>

namespace airnn {

nlohmann::ordered_json config_json(const ConfigTree& tree) {
  using Json = nlohmann::ordered_json;
  return std::visit(
      [](const auto& value) -> Json {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, ConfigTree::List>) {
          Json list = Json::array();
          for (const ConfigTree& item : value) {
            list.push_back(config_json(item));
          }
          return list;
        } else if constexpr (std::is_same_v<Value, ConfigTree::Mapping>) {
          Json mapping = Json::object();
          for (const ConfigMember& member : value) {
            mapping[member.key] = config_json(member.value);
          }
          return mapping;
        } else {
          return value;
        }
      },
      tree.value);
}

}  // namespace airnn
