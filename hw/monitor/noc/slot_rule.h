// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "hw/monitor/noc/mesh_places.h"
#include "hw/monitor/noc/mesh_violation.h"

namespace airnn {

/// N2: a flit is sent only if a slot is free for it, and leaves a buffer only after it has arrived
/// there. A slot that was left in a cycle is free in the next.
class SlotRule final : public MeshListener {
 public:
  SlotRule(const MeshParams& params, MeshReport report);

  void offered(const MeshPacket&) override {}
  void pushed(const FlitPushed& event) override;

 private:
  struct Buffer {
    std::deque<Cycle> arrivals;
    Cycle left = kNever;  ///< last
  };

  void leave(const FlitPushed& event);
  void enter(const FlitPushed& event);

  const MeshParams params_;
  const MeshPlaces places_;
  MeshReport report_;
  std::vector<Buffer> buffers_;
};

}  // namespace airnn
