// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hw/link/interposer.h"
#include "hw/link/link_model.h"
#include "hw/link/noc/mesh_link_params.h"

namespace airnn::test {

/// What crossed a mesh in a run, seen at the sockets on both sides of it.
struct CrossingLog {
  struct Stream {
    std::string name;
    unsigned source = 0;
    unsigned destination = 0;
    ItemKind items = ItemKind::memory_access;
    std::string producer;                        ///< unit
    std::vector<Cycle> sent;                     ///< when items were ready
    std::vector<std::vector<unsigned>> packets;  ///< flits of each, by item
    std::vector<Cycle> arrived;                  ///< when they were at the receiver
    std::vector<Cycle> popped;
    std::vector<Cycle> credited;  ///< when slots were free again
  };
  std::deque<Stream> streams;     ///< in the order of binding
  std::vector<Cycle> jobs_taken;  ///< when the controller took a job, in Idle
};

/// The link with somebody on either side of each stream that writes down what passes.
LinkModel logged(const LinkModel& link, const MeshLinkParams& params,
                 const std::shared_ptr<CrossingLog>& log);

/// Has a naive twin carry what was sent and popped, from a fresh mesh on for each input, and
/// compares when all of it arrived. Says what differs first; empty: nothing does.
std::string difference_from_twin(const CrossingLog& log, const MeshLinkParams& params);

}  // namespace airnn::test
