// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_layout.h"
#include "hw/link/noc/mesh_transport.h"
#include "sw/results/link_record.h"

namespace airnn {

/// What each link of a mesh carries. The way of a packet depends on its ends alone, so that what is
/// sent says it, whether flits are moved or remembered.
class MeshLoads {
 public:
  /// `units`: names of those of each node.
  MeshLoads(const MeshParams& params, const std::vector<std::vector<std::string>>& units);

  /// A channel of the mesh, numbered as there.
  void add(const MeshChannel& channel) { channels_.push_back({channel, 0, 0}); }
  /// Items of so many flits in all were sent.
  void sent(std::size_t channel, std::uint64_t flits) { channels_[channel].item_flits += flits; }
  /// A credit was.
  void sent_credit(std::size_t channel) { ++channels_[channel].credits; }

  /// All that was sent so far, on all its way.
  const LinkRecord& record();

 private:
  struct Channel {
    MeshChannel ends;
    std::uint64_t item_flits = 0;
    std::uint64_t credits = 0;
  };

  void carry(unsigned source, unsigned destination, std::uint64_t flits);
  void carry(unsigned node, MeshPort port, std::uint64_t flits);

  const MeshLayout layout_;
  const Cycle link_cycles_;
  const std::uint64_t credit_flits_;
  std::vector<Channel> channels_;
  std::vector<std::size_t> wires_;  ///< places in the record, by node and port
  LinkRecord record_;
};

}  // namespace airnn
