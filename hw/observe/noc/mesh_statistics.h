// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/link/noc/mesh_events.h"
#include "hw/observe/dram/latency_histogram.h"

namespace airnn {

/// Counts what a mesh does from a cycle on: what comes before is its warm-up.
class MeshStatistics final : public MeshListener {
 public:
  MeshStatistics(unsigned nodes, Cycle from)
      : from_(from), sent_(std::size_t{nodes} * kSendingPorts) {}

  void offered(const MeshPacket& packet) override {
    if (packet.offered >= from_) {
      ++offered_packets_;
      offered_flits_ += packet.flits;
    }
  }
  void pushed(const FlitPushed& event) override;

  Cycle from() const { return from_; }
  /// In which the last tail was at its node; 0 if none was.
  Cycle last_arrival() const { return last_arrival_; }
  std::uint64_t offered_packets() const { return offered_packets_; }
  std::uint64_t offered_flits() const { return offered_flits_; }
  /// Their tails left the mesh.
  std::uint64_t delivered_packets() const { return tail_delay_.count(); }
  std::uint64_t delivered_flits() const { return delivered_flits_; }
  /// From the cycle in which a packet was offered to that in which its head, and its tail, was at
  /// its node.
  const LatencyHistogram& head_delay() const { return head_delay_; }
  const LatencyHistogram& tail_delay() const { return tail_delay_; }
  /// To that in which its head entered the mesh.
  const LatencyHistogram& source_wait() const { return source_wait_; }
  /// Flits that this port sent.
  std::uint64_t sent(unsigned node, MeshPort port) const {
    return sent_[node * kSendingPorts + static_cast<std::size_t>(port)];
  }
  /// Flits that passed a router, once for each.
  std::uint64_t flit_hops() const { return flit_hops_; }
  /// Heads that a router sent to another.
  std::uint64_t routed() const { return routed_; }

 private:
  const Cycle from_;
  std::vector<std::uint64_t> sent_;  ///< by node and port
  std::uint64_t offered_packets_ = 0;
  std::uint64_t offered_flits_ = 0;
  std::uint64_t delivered_flits_ = 0;
  std::uint64_t flit_hops_ = 0;
  std::uint64_t routed_ = 0;
  Cycle last_arrival_ = 0;
  LatencyHistogram head_delay_;
  LatencyHistogram tail_delay_;
  LatencyHistogram source_wait_;
};

}  // namespace airnn
