// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/noc/mesh_events.h"

namespace airnn {

/// Remembers when each packet entered and left a mesh. Their ids count from 0 in the order in which
/// they were offered.
class PacketTimes final : public MeshListener {
 public:
  void offered(const MeshPacket& packet) override { packets_.push_back({packet}); }
  void pushed(const FlitPushed& event) override;

  /// Writes a line of CSV for each: offered,source,destination,flits,virtual_channel,head_injected,
  /// head_ejected,tail_ejected. What had not happened when the run ended stays empty. Throws
  /// UserError.
  void write(const std::string& path) const;

 private:
  struct Packet {
    MeshPacket packet;
    Cycle head_injected = kNever;
    Cycle head_ejected = kNever;
    Cycle tail_ejected = kNever;
  };
  std::vector<Packet> packets_;
};

}  // namespace airnn
