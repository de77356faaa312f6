// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hw/monitor/noc/mesh_places.h"
#include "hw/monitor/noc/mesh_violation.h"

namespace airnn {

/// N3: from head to tail a port belongs to one packet per virtual channel, and it sends one flit in
/// `link_cycles`.
class OwnerRule final : public MeshListener {
 public:
  OwnerRule(const MeshParams& params, MeshReport report);

  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed& event) override;

 private:
  const MeshParams params_;
  const MeshPlaces places_;
  MeshReport report_;
  std::vector<std::optional<std::uint64_t>> owners_;  ///< packets
  std::vector<Cycle> free_from_;                      ///< by port
};

}  // namespace airnn
