// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "testbenches/reference/mesh_twin.h"

namespace airnn::test {

/// A stream over the mesh, as docs/mesh.md words it.
struct StreamOverMesh {
  unsigned source = 0;
  unsigned destination = 0;
  unsigned item_channel = 0;
  unsigned credit_channel = 0;
  unsigned slots = 1;
  unsigned credit_flits = 1;
};

/// Interfaces with credits end to end, around MeshTwin: in every cycle begin(t), then any calls,
/// then end(t).
class MeshChannelsTwin final : MeshListener {
 public:
  MeshChannelsTwin(const MeshParams& params, std::vector<StreamOverMesh> streams,
                   MeshListener& listener);

  void begin(Cycle t);
  bool can_send(std::size_t stream) const { return states_[stream].taken < streams_[stream].slots; }
  unsigned taken(std::size_t stream) const { return states_[stream].taken; }
  bool all_free(std::size_t stream) const { return states_[stream].taken == 0; }
  std::uint64_t waiting(std::size_t stream) const { return states_[stream].waiting; }
  void send(std::size_t stream, const std::vector<unsigned>& packets);
  void pop(std::size_t stream);
  void end(Cycle t);
  bool idle() const;

 private:
  struct State {
    unsigned taken = 0;
    std::uint64_t waiting = 0;
    unsigned popped = 0;                      ///< in this cycle
    unsigned popped_before = 0;               ///< in the one before
    std::vector<std::vector<unsigned>> sent;  ///< in this cycle
  };
  struct Tail {
    std::size_t stream = 0;
    bool is_item = false;
    bool is_last = false;
  };

  void offer(Cycle t, const Tail& tail, unsigned flits);
  void offered(const MeshPacket& packet) override { listener_.offered(packet); }
  void pushed(const FlitPushed& event) override;

  const std::vector<StreamOverMesh> streams_;
  MeshListener& listener_;
  MeshTwin mesh_;
  std::vector<State> states_;
  std::vector<Tail> packets_;  ///< by id
  std::multimap<Cycle, Tail> arrivals_;
};

}  // namespace airnn::test
