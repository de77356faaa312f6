// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_node.h"

#include "sw/format/shown_text.h"

namespace airnn {

std::string ConfigPosition::text() const {
  return shown(origin) + (line > 0 ? ":" + std::to_string(line) : "");
}

const ConfigEntry* ConfigNode::find(const std::string& key) const {
  for (const ConfigEntry& entry : entries) {
    if (entry.key == key) {
      return &entry;
    }
  }
  return nullptr;
}

ConfigEntry* ConfigNode::find(const std::string& key) {
  return const_cast<ConfigEntry*>(static_cast<const ConfigNode*>(this)->find(key));
}

std::string ConfigNode::description() const {
  switch (kind) {
    case Kind::scalar:
      return airnn::quoted(scalar);
    case Kind::sequence:
      return "a list";
    case Kind::mapping:
      return "a mapping";
    case Kind::null:
      break;
  }
  return "nothing";
}

std::string quoted(const std::string& text) {
  constexpr std::size_t kShown = 60;
  return "'" + shown(text, kShown) + "'";
}

}  // namespace airnn
