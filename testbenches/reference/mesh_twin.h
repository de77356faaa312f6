// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/link/noc/mesh_params.h"

namespace airnn::test {

/// What a router does wrong, once.
enum class MeshFlaw : std::uint8_t {
  none,
  loses_flit,     ///< pushes the flit behind the oldest, which is gone
  repeats_flit,   ///< pushes a flit a second time
  swaps_flits,    ///< a flit changes its place with the one behind it
  turns_wrong,    ///< a packet is handed to the interface of a node on its way
  overfills,      ///< pushes without a free slot
  early,          ///< pushes a flit that has not arrived
  mixes_packets,  ///< lets a head through while another packet owns the port
  hurries,        ///< pushes while the link is taken
  keeps_packet,   ///< a packet stays at its source for ever
};

/// Routers and interfaces of a mesh as docs/mesh.md words them, cycle by cycle, looking at
/// everything in each: no list of what is active, no memory of what waits.
class MeshTwin {
 public:
  explicit MeshTwin(const MeshParams& params, MeshListener& listener);

  /// In the cycle that step() does next.
  void offer(const MeshPacket& packet);
  /// Does cycle `t`: 0, 1, 2 ...
  void step(Cycle t);
  bool idle() const;

  // As they are before the next step:
  /// Flits in slots of an input, those on the link before it included.
  std::size_t fill(unsigned node, unsigned input, unsigned channel) const {
    return nodes_[node].inputs[input][channel].size();
  }
  /// The input to whose packet an output belongs.
  std::optional<unsigned> owner(unsigned node, unsigned output, unsigned channel) const {
    return nodes_[node].outputs[output].owner[channel];
  }
  /// Flits that wait at an interface.
  std::size_t queued(unsigned node) const;

  /// From cycle `from` on the first that can goes wrong does; the others are right.
  void plant(MeshFlaw flaw, Cycle from);
  /// The cycle in which something went wrong.
  std::optional<Cycle> went_wrong() const { return went_wrong_; }

 private:
  struct Flit {
    const MeshPacket* packet = nullptr;
    unsigned index = 0;
    Cycle arrives = 0;
  };
  using Buffer = std::deque<Flit>;
  struct Output {
    std::optional<Cycle> pushed;                      ///< last
    std::optional<unsigned> last_channel;             ///< on which it pushed last
    std::vector<std::optional<unsigned>> owner;       ///< input, by virtual channel
    std::vector<std::optional<unsigned>> last_owner;  ///< input, by virtual channel
  };
  struct Node {
    std::vector<std::vector<Buffer>> inputs;  ///< by port and virtual channel
    std::vector<Output> outputs;              ///< by port; the last is the interface
    std::vector<Buffer> queues;               ///< of the interface, by virtual channel
  };
  struct Move {
    unsigned node = 0;
    unsigned output = 0;
    unsigned input = 0;
    unsigned channel = 0;
  };

  std::optional<Move> decide(unsigned node, unsigned output, Cycle t);
  std::optional<unsigned> candidate(unsigned node, unsigned output, unsigned channel, Cycle t);
  bool is_there(const Buffer& buffer, Cycle t);
  void carry_out(const Move& move, Cycle t);
  unsigned direction(unsigned node, const MeshPacket& packet) const;
  unsigned neighbour(unsigned node, unsigned direction) const;
  Buffer& from(const Move& move);
  Buffer* behind(const Move& move);
  void turn_some_packet(Cycle t);
  /// It may go wrong in this way.
  bool tempted(MeshFlaw flaw, Cycle t) const;
  /// The same, and it does.
  bool errs(MeshFlaw flaw, Cycle t);

  const MeshParams params_;
  MeshListener& listener_;
  std::deque<MeshPacket> packets_;
  std::vector<Node> nodes_;
  MeshFlaw flaw_ = MeshFlaw::none;
  Cycle flaw_from_ = 0;
  bool erred_ = false;
  std::optional<Cycle> went_wrong_;
  const MeshPacket* kept_ = nullptr;
  const MeshPacket* turned_ = nullptr;
  unsigned turned_at_ = 0;
  const Buffer* repeats_ = nullptr;
};

}  // namespace airnn::test
