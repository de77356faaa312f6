// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/mesh_parameters.h"

#include <string>

namespace airnn {

namespace {

constexpr const char* kAuto = "auto";
constexpr std::int64_t kMostNode = 255;

/// A power of two.
Parameter<MeshLinkParams> flit_parameter() {
  constexpr const char* kFlitBits = "flit_bits";
  const ChoiceValues widths{{"16", "32", "64", "128", "256", "512"}};
  const auto read = [=](const ConfigReader& reader, MeshLinkParams& params, bool /*required*/) {
    unsigned& bits = params.mesh.flit_bits;
    bits = reader.int_or<unsigned>(kFlitBits, bits, 16, 512);
    if ((bits & (bits - 1)) != 0) {
      reader.fail(kFlitBits,
                  "expected one of " + range_text(widths) + ", found " + std::to_string(bits));
    }
  };
  return {{kFlitBits, std::to_string(MeshParams().flit_bits), widths, "Width of a link"}, read};
}

/// A list of nodes, or `auto`.
Parameter<MeshLinkParams> placement_parameter() {
  const auto read = [](const ConfigReader& reader, MeshLinkParams& params, bool /*required*/) {
    constexpr const char* kPlacement = "placement";
    if (!reader.has(kPlacement)) {
      reader.enum_or<bool>(kPlacement, true, {{kAuto, true}});
      return;
    }
    if (reader.is_list(kPlacement)) {
      params.placement.emplace();
      for (const std::int64_t node : reader.integers(kPlacement, 0, kMostNode)) {
        params.placement->push_back(static_cast<unsigned>(node));
      }
      return;
    }
    if (reader.required_string(kPlacement) != kAuto) {
      reader.fail(kPlacement, "expected auto or a list of nodes");
    }
  };
  return {{"placement", kAuto, TextValues{"auto, or a list of nodes"},
           "auto, or the node of each layer's unit"},
          read};
}

}  // namespace

const ParameterTable<MeshLinkParams>& mesh_parameters() {
  using Row = Parameter<MeshLinkParams>;
  using Params = MeshLinkParams;
  static const ParameterTable<Params> table{
      Row::integer(
          "width", [](Params & p) -> auto& { return p.mesh.width; }, 1, MeshParams::kMostSide,
          "Nodes of a row"),
      Row::integer(
          "height", [](Params & p) -> auto& { return p.mesh.height; }, 1, MeshParams::kMostSide,
          "Nodes of a column"),
      flit_parameter(),
      Row::integer(
          "buffer_flits", [](Params & p) -> auto& { return p.mesh.buffer_flits; }, 1, 64,
          "Slots per input and virtual channel of a router"),
      Row::integer(
          "virtual_channels", [](Params & p) -> auto& { return p.mesh.virtual_channels; }, 1,
          MeshParams::kMostChannels,
          "1: all on channel 0; 2 or more: weights on 0, everything else on 1"),
      Row::choice(
          "routing", [](Params & p) -> auto& { return p.mesh.routing; },
          {{"xy", MeshRouting::xy}, {"yx", MeshRouting::yx}},
          "Along the row first, or along the column"),
      Row::integer(
          "hop_cycles", [](Params & p) -> auto& { return p.mesh.hop_cycles; }, 1, 16,
          "Allocation, crossbar and link together"),
      Row::integer(
          "link_cycles", [](Params & p) -> auto& { return p.mesh.link_cycles; }, 1, 8,
          "Cycles that a flit keeps a link"),
      Row::integer("item_slots", &Params::item_slots, 1, 64,
                   "Items under way of a stream of weights"),
      Row::integer("memory_node", &Params::memory_node, 0, kMostNode,
                   "Node of memory, control and host"),
      placement_parameter()};
  return table;
}

}  // namespace airnn
