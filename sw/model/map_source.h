// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace airnn::graph {

/// Whose map an operand is: the network's input, or what an operator of the graph makes. Nothing
/// converts to it or from it, so that neither an absent operand (std::nullopt of
/// std::optional<MapSource>) nor an absent operator can be taken for the network's input.
class MapSource {
 public:
  /// The network's input.
  MapSource() = default;
  /// The map that the operator at `index` makes.
  explicit MapSource(std::int32_t index) : operator_(index) {}

  bool is_network_input() const { return !operator_; }
  /// Index of the operator that makes the map. Throws std::bad_optional_access for the network's
  /// input.
  std::int32_t maker() const { return operator_.value(); }

  friend bool operator==(const MapSource& a, const MapSource& b) {
    return a.operator_ == b.operator_;
  }
  friend bool operator!=(const MapSource& a, const MapSource& b) { return !(a == b); }

 private:
  std::optional<std::int32_t> operator_;
};

}  // namespace airnn::graph
