// SPDX-License-Identifier: Apache-2.0
#include "sw/model/operator_graph.h"

namespace airnn::graph {

std::vector<std::int32_t> OperatorGraph::consumers(std::int32_t producer) const {
  std::vector<std::int32_t> found;
  for (std::int32_t i = 0; i < size(); ++i) {
    if (at(i).removed) {
      continue;
    }
    if (at(i).source == producer) {
      found.push_back(i);
    }
    if (at(i).skip == producer) {
      found.push_back(i);
    }
  }
  if (output == producer) {
    found.push_back(kGraphOutput);
  }
  return found;
}

std::int32_t OperatorGraph::sole_consumer(std::int32_t producer) const {
  const std::vector<std::int32_t> found = consumers(producer);
  return found.size() == 1 ? found.front() : kSeveral;
}

void OperatorGraph::replace(std::int32_t old, std::int32_t by) {
  at(old).removed = true;
  for (Operator& reader : operators) {
    if (reader.source == old) {
      reader.source = by;
    }
    if (reader.skip == old) {
      reader.skip = by;
    }
  }
  if (output == old) {
    output = by;
  }
}

}  // namespace airnn::graph
