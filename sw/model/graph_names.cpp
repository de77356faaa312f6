// SPDX-License-Identifier: Apache-2.0
#include "sw/model/graph_names.h"

#include <cstdio>
#include <unordered_map>

#include "sw/format/errors.h"
#include "sw/model/message_text.h"

namespace airnn::graph {
namespace {

// Bytes of the character that begins at `place`; 0 if it is no character of UTF-8.
std::size_t character_bytes(const std::string& text, std::size_t place) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const auto continues = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(place);
  if (first < 0x80U) {
    return 1;
  }
  const std::size_t bytes = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U) {
    return 0;
  }
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!continues(place + i)) {
      return 0;
    }
  }
  const unsigned second = byte(place + 1);
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool surrogate = first == 0xEDU && second >= 0xA0U;
  const bool beyond = first == 0xF4U && second >= 0x90U;
  return overlong || surrogate || beyond ? 0 : bytes;
}

void check_text(const Graph& graph, const std::string& what, const std::string& name) {
  for (std::size_t place = 0; place < name.size();) {
    const std::size_t bytes = character_bytes(name, place);
    const auto byte = static_cast<unsigned char>(name[place]);
    if (bytes == 0 || byte < 0x20 || byte == 0x7F) {
      char code[8];
      std::snprintf(code, sizeof code, "0x%02x", static_cast<unsigned>(byte));
      throw ModelError(shown(graph.path) + ": name '" + shown(name) + "' of " + what +
                       " holds the byte " + code + " at place " + std::to_string(place) +
                       "; names are text without control characters");
    }
    place += bytes;
  }
}

// All values of a graph, and who made each.
class Makers {
 public:
  explicit Makers(const Graph& graph) : graph_(graph) {}

  void add(const std::string& value, const std::string& maker) {
    const auto [known, is_new] = makers_.emplace(value, maker);
    if (!is_new) {
      throw ModelError(shown(graph_.path) + ": two values have the name '" + shown(value) +
                       "': " + known->second + " and " + maker);
    }
  }

 private:
  const Graph& graph_;
  std::unordered_map<std::string, std::string> makers_;
};

std::string node_text(const Node& node) {
  return "node '" + shown(node.name) + "' (operator " + shown(node.type) + ")";
}

}  // namespace

void check_names(const Graph& graph) {
  Makers makers(graph);
  for (const auto& constant : graph.constants) {
    check_text(graph, "an initializer", constant.first);
    makers.add(constant.first, "an initializer");
  }
  for (const Input& input : graph.inputs) {
    check_text(graph, "an input of the graph", input.name);
    makers.add(input.name, "an input of the graph");
  }
  for (const Node& node : graph.nodes) {
    check_text(graph, "an operator", node.type);
    check_text(graph, "a node", node.name);
    for (const std::string& name : node.inputs) {
      check_text(graph, "an operand of " + node_text(node), name);
    }
    for (const std::string& name : node.outputs) {
      check_text(graph, "an output of " + node_text(node), name);
      if (!name.empty()) {
        makers.add(name, node_text(node));
      }
    }
  }
}

}  // namespace airnn::graph
