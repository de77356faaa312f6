// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "hw/common/replay.h"
#include "hw/link/noc/mesh_stretch.h"
#include "hw/link/noc/mesh_transport.h"

namespace airnn {

/// Carries items and credits as MeshTransport does, and remembers what came of it. A mesh that was
/// at rest and is given the same in the same cycles does the same: as long as all that is sent is
/// what was sent before, arrivals are those of that time, and no flit is moved. When something else
/// is sent, or something is not, flits are moved from the rest on, and what follows is remembered,
/// too.
class MeshReplay final : MeshReceiver, MeshListener {
 public:
  static constexpr std::size_t kMostSends = std::size_t{1} << 21;

  /// `listener` is told of packets and flits that are moved: none of what is remembered. At most so
  /// many sends are.
  MeshReplay(const MeshParams& params, MeshReceiver& receiver, MeshListener& listener,
             ReplayMode mode, std::size_t most_sends = kMostSends);

  std::size_t add(const MeshChannel& channel) { return transport_.add(channel); }
  /// All flits are moved, as somebody wants to hear of each. Before the first is.
  void move_all() {
    mode_ = ReplayMode::off;
    recording_ = false;
  }

  /// As MeshTransport.
  void send(std::size_t channel, Cycle cycle, const std::vector<unsigned>& packets);
  void send_credit(std::size_t channel, Cycle cycle);
  void run_until(Cycle limit);
  Cycle next_event() const;
  /// First cycle in which all links are free; for a mesh at rest.
  Cycle links_free_from() const;
  /// The mesh is at rest; from here on it is as it was at first.
  void settle();

  /// What routers did before `cycle`, as far as it has happened, and since the call before. Cycles
  /// before the present one are not asked for.
  std::pair<std::uint64_t, std::uint64_t> take_work(Cycle cycle);  ///< flit hops, heads routed

  /// Sends that were remembered, of all so far.
  std::uint64_t replayed() const { return replayed_; }

 private:
  static constexpr std::size_t kMostStretches = 16;
  static constexpr std::size_t kMostWork = std::size_t{1} << 10;

  void arrives(std::size_t channel, bool is_item, Cycle cycle) override;
  void offered(const MeshPacket& packet) override { listener_.offered(packet); }
  void pushed(const FlitPushed& event) override;

  void queue(const MeshSend& send);
  void move_until(Cycle limit);
  void follow_until(Cycle limit);
  Cycle next_known(Cycle pending) const;
  bool is_as_before(Cycle cycle);
  bool is_as_in(const MeshStretch& stretch, Cycle cycle) const;
  void begin_moving();
  void forget();
  void fold_work();
  void remember();
  void check() const;
  bool remembers() const { return mode_ != ReplayMode::off; }
  const MeshStretch& present() const { return moving_ ? own_ : stretches_[known_]; }

  MeshReceiver& receiver_;
  MeshListener& listener_;
  ReplayMode mode_;
  const std::size_t most_sends_;
  const Cycle link_cycles_;
  MeshTransport transport_;
  std::map<std::vector<unsigned>, std::uint32_t> numbers_;  ///< of lists of flits, from 1 on
  std::vector<std::vector<unsigned>> packets_;              ///< by number; the first is a credit's
  std::vector<MeshStretch> stretches_;                      ///< that are known
  std::vector<MeshSend> pending_;  ///< in order, with cycles from the rest on
  Cycle base_ = 0;                 ///< the mesh was at rest
  Cycle now_ = 0;
  bool moving_ = true;         ///< flits; else what is known is followed
  bool recording_;             ///< what is done while flits are moved
  MeshStretch own_;            ///< likewise; else only work that is not counted yet
  std::size_t known_ = 0;      ///< the stretch that is followed
  std::size_t next_send_ = 0;  ///< of it
  std::size_t next_arrival_ = 0;
  std::size_t told_ = 0;       ///< arrivals that the receiver heard of before flits were moved
  Cycle pushed_ = 0;           ///< in this cycle a flit is moved
  std::size_t next_work_ = 0;  ///< of the present stretch
  Cycle counted_until_ = 0;
  std::pair<std::uint64_t, std::uint64_t> carried_;  ///< work of stretches before
  std::size_t kept_sends_ = 0;
  std::uint64_t replayed_ = 0;
};

}  // namespace airnn
