// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <tuple>
#include <vector>

#include "hw/monitor/noc/mesh_places.h"
#include "hw/monitor/noc/mesh_violation.h"

namespace airnn {

/// N1: every packet leaves the mesh once, whole, at its destination, and in the order in which
/// those of its source, destination and virtual channel were offered; what leaves a buffer is its
/// oldest flit. N4: all have left when the mesh comes to rest.
class PacketRule final : public MeshListener {
 public:
  PacketRule(const MeshParams& params, MeshReport report);

  void offered(const MeshPacket& packet) override;
  void pushed(const FlitPushed& event) override;
  /// The mesh is at rest from `end` on.
  void finish(Cycle end);

 private:
  struct Flit {
    std::uint64_t packet = 0;
    unsigned index = 0;

    bool operator==(const Flit& other) const {
      return packet == other.packet && index == other.index;
    }
  };
  using Way = std::tuple<unsigned, unsigned, unsigned>;  ///< source, destination, virtual channel

  void leave(const FlitPushed& event);

  const MeshPlaces places_;
  MeshReport report_;
  std::vector<std::deque<Flit>> buffers_;
  std::map<Way, std::deque<std::uint64_t>> under_way_;
};

}  // namespace airnn
