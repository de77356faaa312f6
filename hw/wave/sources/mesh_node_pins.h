// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

struct MeshNodePinsParams {
  unsigned nodes = 0;  ///< of the mesh
  unsigned virtual_channels = 1;
  unsigned buffer_flits = 1;                  ///< of an input and virtual channel
  std::array<bool, kRouterPorts> has_port{};  ///< the router has this port
};

/// A node of a mesh: what its router and its interface send in each cycle, who owns the router's
/// outputs, and how full its inputs are (docs/waveforms.md). What a cycle begins with is shown in
/// it.
class MeshNodePins final : public WaveSource {
 public:
  MeshNodePins(WaveTree& tree, const std::string& scope, const MeshNodePinsParams& params);

  /// A packet is queued at the interface.
  void offered(const MeshPacket& packet);
  /// The router, or the interface, sends.
  void pushed(const FlitPushed& event);
  /// What another node's router sends, or this one's interface, takes a slot of this input.
  void filled(const FlitPushed& event, MeshPort input);

  Cycle next() const override { return changes_.next(); }
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  static constexpr unsigned kNoOwner = 0;

  struct Output {
    WaveId valid = 0;
    WaveId virtual_channel = 0;
    WaveId source = 0;
    WaveId destination = 0;
    WaveId flit = 0;
    WaveId flits = 0;
    WaveId owners = 0;  ///< of the first virtual channel; the others follow. Not of the interface
  };
  struct Change {
    WaveId id = 0;
    bool is_sum = false;  ///< the value is added, else it takes the place
    std::uint64_t value = 0;
  };

  Output declare_output(WaveTree& tree, const std::string& scope) const;
  void set(Cycle cycle, WaveId id, std::uint64_t value) { changes_.add(cycle, {id, false, value}); }
  /// Sums wrap around, so this takes away, too.
  void add(Cycle cycle, WaveId id, std::uint64_t value) { changes_.add(cycle, {id, true, value}); }

  const MeshNodePinsParams params_;
  std::array<Output, kSendingPorts> outputs_;
  std::array<WaveId, kRouterPorts> fills_{};  ///< of the first virtual channel; the others follow
  WaveId queued_ = 0;                         ///< flits that wait at the interface
  TimedQueue<Change> changes_;
  std::vector<std::uint64_t> values_;  ///< by id, from the first on
};

}  // namespace airnn
