// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_node.h"

namespace airnn {

std::string ConfigPosition::text() const {
  return line > 0 ? origin + ":" + std::to_string(line) : origin;
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
  std::string shown = text.substr(0, kShown);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      c = '?';
    }
  }
  return "'" + shown + (text.size() > kShown ? "..." : "") + "'";
}

}  // namespace airnn
