// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/mesh_config.h"

#include <string>

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

std::string mesh_price_class(const MeshParams& mesh) {
  std::string name = std::to_string(mesh.flit_bits) + "x" + std::to_string(mesh.buffer_flits);
  if (mesh.virtual_channels > 1) {
    name += "x" + std::to_string(mesh.virtual_channels);
  }
  return name;
}

}  // namespace airnn
