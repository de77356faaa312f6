// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/noc/mesh_violation.h"

#include <utility>

namespace airnn {

namespace {

const char* direction_of(MeshPort output) {
  switch (output) {
    case MeshPort::north:
      return "goes north";
    case MeshPort::east:
      return "goes east";
    case MeshPort::south:
      return "goes south";
    case MeshPort::west:
      return "goes west";
    case MeshPort::local:
      return "leaves the mesh";
    case MeshPort::interface:
      break;
  }
  return "enters the mesh";
}

}  // namespace

std::string MeshViolation::text() const {
  return std::string(rule) + ": " + what + " at node " + std::to_string(node) + " in cycle " +
         std::to_string(cycle) + ": " + why;
}

MeshViolation violation_by(const FlitPushed& event, const char* rule, std::string why) {
  return {rule, event.cycle, event.node,
          "flit " + std::to_string(event.flit) + " of packet " + std::to_string(event.packet->id) +
              " " + direction_of(event.output),
          std::move(why)};
}

}  // namespace airnn
