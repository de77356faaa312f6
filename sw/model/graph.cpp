// SPDX-License-Identifier: Apache-2.0
#include "sw/model/graph.h"

#include <algorithm>
#include <unordered_set>

#include "sw/format/errors.h"
#include "sw/model/message_text.h"

namespace airnn::graph {

void fail_at(const std::string& path, const std::string& node, const std::string& type,
             const std::string& what) {
  throw ModelError(shown(path) + ": node '" + shown(node) + "' (operator " + shown(type) +
                   "): " + what);
}

namespace {

void check_order(const Graph& graph) {
  std::unordered_set<std::string> known;
  for (const auto& constant : graph.constants) {
    known.insert(constant.first);
  }
  for (const Input& input : graph.inputs) {
    known.insert(input.name);
  }
  for (const Node& node : graph.nodes) {
    for (const std::string& name : node.inputs) {
      if (!name.empty() && known.count(name) == 0) {
        fail_at(graph.path, node.name, node.type,
                "reads '" + shown(name) +
                    "', which is neither an initializer, an input of the graph, nor the output of "
                    "an earlier node");
      }
    }
    known.insert(node.outputs.begin(), node.outputs.end());
  }
}

}  // namespace

void prune_and_check(Graph* graph) {
  std::unordered_set<std::string> needed(graph->outputs.begin(), graph->outputs.end());
  std::vector<Node> kept;
  for (auto node = graph->nodes.rbegin(); node != graph->nodes.rend(); ++node) {
    const bool used = std::any_of(
        node->outputs.begin(), node->outputs.end(),
        [&](const std::string& name) { return !name.empty() && needed.count(name) > 0; });
    if (used) {
      needed.insert(node->inputs.begin(), node->inputs.end());
      kept.push_back(std::move(*node));
    }
  }
  std::reverse(kept.begin(), kept.end());
  graph->nodes = std::move(kept);
  check_order(*graph);
}

}  // namespace airnn::graph
