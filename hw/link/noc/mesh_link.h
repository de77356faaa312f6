// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hw/common/cycle_timer.h"
#include "hw/link/link_model.h"
#include "hw/link/noc/mesh_link_params.h"
#include "hw/link/noc/mesh_listeners.h"
#include "hw/link/noc/mesh_loads.h"
#include "hw/link/noc/mesh_replay.h"
#include "hw/link/noc/mesh_stream.h"

namespace airnn {

/// Streams between units on different nodes cross a mesh (docs/mesh.md); those within a node stay
/// direct. The mesh is taken on cycle by cycle while anything is under way: what it does in a cycle
/// depends on what was sent in those before, so the order of processes cannot matter.
class MeshLink final : public Link, MeshReceiver, MeshStreamCarrier {
 public:
  MeshLink(const MeshLinkParams& params, const LinkedMachine& machine);

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override;
  Counts work_until(Cycle cycle) override;
  const LinkRecord* loads() override { return &loads_.record(); }

  const MeshLinkParams& params() const { return params_; }
  /// Hears of flits that are moved, but not of what goes as it did before (MeshReplay). Must
  /// outlive the simulation.
  void listen(MeshListener& listener) { listeners_.add(listener); }
  /// The same of all flits.
  void listen_to_all(MeshListener& listener) {
    mesh_.move_all();
    listen(listener);
  }
  /// Everything before this cycle has happened, and been told.
  void run_until(Cycle cycle);

 private:
  /// Runs the link's process.
  class Driver final : public sc_core::sc_module {
   public:
    Driver(const sc_core::sc_module_name& module_name, MeshLink& link);
    CycleTimer timer;

   private:
    void advance() { link_.advance(); }
    MeshLink& link_;
  };
  /// Streams whose items travel together: maps of one unit to consumers on one node.
  struct Group {
    std::vector<MeshStream*> streams;
    std::uint64_t sent = 0;
  };

  void advance();
  void plan();
  unsigned node_of(const std::string& port) const;
  std::vector<unsigned> packets_of(const MeshStream& stream, std::uint64_t bits) const;

  void item_ready(MeshStream& stream) override;
  void credit_ready(MeshStream& stream, Cycle cycle) override;
  Cycle settle() override;
  void arrives(std::size_t channel, bool is_item, Cycle cycle) override;

  const MeshLinkParams params_;
  const ClockDomain clock_;
  const std::string price_class_;
  std::map<std::string, unsigned> layer_nodes_;  ///< by the scopes of the units
  MeshLoads loads_;
  MeshListeners listeners_;
  MeshReplay mesh_;
  Driver driver_;
  std::vector<std::unique_ptr<MeshStream>> streams_;  ///< by channel
  std::vector<std::size_t> group_of_;                 ///< by channel
  std::vector<Group> groups_;
  std::map<std::pair<std::string, unsigned>, std::size_t> map_groups_;  ///< by unit and node
  Cycle planned_ = kNever;
  std::uint64_t open_items_ = 0;  ///< whose credits are not back
  Cycle last_credit_ = 0;         ///< when it is back
  Cycle counted_until_ = 0;
};

}  // namespace airnn
