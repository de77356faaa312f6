// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/monitor/noc/owner_rule.h"
#include "hw/monitor/noc/packet_rule.h"
#include "hw/monitor/noc/slot_rule.h"

namespace airnn {

/// Watches all flits of a mesh and reports every rule, N1 to N4, that they break. Shares nothing
/// with the mesh but the types of its events and parameters.
class MeshMonitor final : public MeshListener {
 public:
  MeshMonitor(const MeshParams& params, const MeshReport& report)
      : packets_(params, report), slots_(params, report), owners_(params, report) {}

  void offered(const MeshPacket& packet) override { packets_.offered(packet); }
  void pushed(const FlitPushed& event) override {
    packets_.pushed(event);
    slots_.pushed(event);
    owners_.pushed(event);
  }
  /// The mesh is at rest from `end` on: nothing may be under way.
  void finish(Cycle end) { packets_.finish(end); }

 private:
  PacketRule packets_;
  SlotRule slots_;
  OwnerRule owners_;
};

}  // namespace airnn
