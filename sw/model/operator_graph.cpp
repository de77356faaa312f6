// SPDX-License-Identifier: Apache-2.0
#include "sw/model/operator_graph.h"

#include <utility>

namespace airnn::graph {

std::optional<std::int32_t> Readers::sole() const {
  if (is_output || operands.size() != 1 || operands.begin()->second != 1) {
    return std::nullopt;
  }
  return operands.begin()->first;
}

MapSource OperatorGraph::append(Operator made) {
  const std::int32_t index = size();
  ++readers_of(made.source).operands[index];
  if (made.skip) {
    ++readers_of(*made.skip).operands[index];
  }
  operators_.push_back(std::move(made));
  readers_.emplace_back();
  return MapSource(index);
}

void OperatorGraph::set_output(MapSource source) {
  readers_of(source).is_output = true;
}

const Readers& OperatorGraph::readers(MapSource source) const {
  return source.is_network_input() ? readers_of_input_
                                   : readers_[static_cast<std::size_t>(source.maker())];
}

Readers& OperatorGraph::readers_of(MapSource source) {
  return source.is_network_input() ? readers_of_input_
                                   : readers_[static_cast<std::size_t>(source.maker())];
}

std::optional<std::int32_t> OperatorGraph::maker_of_kind(MapSource source,
                                                         OperatorKind kind) const {
  if (source.is_network_input() || at(source.maker()).kind != kind) {
    return std::nullopt;
  }
  return source.maker();
}

void OperatorGraph::remove(std::int32_t index) {
  at(index).removed = true;
  readers_of(at(index).source).operands.erase(index);
  if (at(index).skip) {
    readers_of(*at(index).skip).operands.erase(index);
  }
}

void OperatorGraph::replace(std::int32_t old, MapSource by) {
  const MapSource gone(old);
  remove(old);
  Readers& heirs = readers_of(by);
  const Readers readers = std::exchange(readers_of(gone), Readers{});
  for (const auto& [reader, operands] : readers.operands) {
    if (at(reader).source == gone) {
      at(reader).source = by;
    }
    if (at(reader).skip == gone) {
      at(reader).skip = by;
    }
    heirs.operands[reader] += operands;
  }
  heirs.is_output = heirs.is_output || readers.is_output;
}

void OperatorGraph::remove_unread() {
  for (std::int32_t i = size() - 1; i >= 0; --i) {
    if (!at(i).removed && readers(MapSource(i)).none()) {
      remove(i);
    }
  }
}

}  // namespace airnn::graph
