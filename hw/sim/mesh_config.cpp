// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/mesh_config.h"

#include <memory>

#include "hw/link/noc/mesh_actions.h"
#include "hw/link/noc/mesh_link.h"
#include "hw/sim/parameters/mesh_parameters.h"

namespace airnn {

namespace {

void check_node(const ConfigReader& section, const char* key, std::int64_t node,
                const MeshParams& mesh) {
  if (node >= static_cast<std::int64_t>(mesh.nodes())) {
    section.fail(key, "node " + std::to_string(node) + " is not on a mesh of " +
                          std::to_string(mesh.width) + " x " + std::to_string(mesh.height) +
                          "; expected 0 to " + std::to_string(mesh.nodes() - 1));
  }
}

}  // namespace

MeshLinkParams read_mesh_config(const ConfigReader& section) {
  MeshLinkParams params;
  read_parameters(mesh_parameters(), section, params);
  if (params.mesh.nodes() < 2) {
    section.fail(section.has("width") ? "width" : "height",
                 "a mesh of one node has nobody to send to; expected at least two nodes");
  }
  check_node(section, "memory_node", params.memory_node, params.mesh);
  for (const unsigned node : params.placement.value_or(std::vector<unsigned>())) {
    check_node(section, "placement", node, params.mesh);
  }
  return params;
}

std::vector<ParameterSection> mesh_config_sections() {
  return {parameter_section("interconnect mesh", "", mesh_parameters())};
}

std::string mesh_warning(const MeshParams& mesh) {
  if (!mesh.is_starved()) {
    return "";
  }
  return "buffers of " + std::to_string(mesh.buffer_flits) +
         " flits hold up even a single stream: buffer_flits * link_cycles should be at least "
         "hop_cycles + 1, " +
         std::to_string(mesh.hop_cycles + 1);
}

LinkModel read_mesh_link(const ConfigReader& section, const Network& network) {
  const MeshLinkParams params = read_mesh_config(section);
  if (params.placement && params.placement->size() != network.layers.size()) {
    section.fail("placement", std::to_string(params.placement->size()) +
                                  " nodes; expected one for each of the " +
                                  std::to_string(network.layers.size()) + " layers of network " +
                                  network.name);
  }
  return mesh_link(params);
}

LinkModel mesh_link(const MeshLinkParams& params) {
  LinkModel link;
  link.make = [params](const LinkedMachine& machine) {
    return std::make_unique<MeshLink>(params, machine);
  };
  link.counted = mesh_actions(mesh_price_class(params.mesh));
  link.is_shared = true;
  link.hands_on_rows = false;
  link.warning = mesh_warning(params.mesh);
  return link;
}

}  // namespace airnn
