// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/common/look_ahead.h"
#include "hw/common/read_train.h"
#include "hw/memory/ddr3/ddr3_channel.h"
#include "hw/memory/ddr3/known_trains.h"
#include "hw/memory/ddr3/queue_places.h"
#include "hw/memory/ddr3/working_cycles.h"
#include "hw/memory/held_trains.h"
#include "hw/memory/memory_commands.h"
#include "hw/memory/memory_model.h"
#include "hw/memory/memory_unit.h"
#include "hw/memory/storage.h"

namespace airnn {

struct Ddr3ControllerParams {
  Ddr3ChannelParams channel;
  /// Fabric cycles of the synchroniser between the two clocks, each way; at least 1.
  Cycle crossing_cycles = 1;
  std::uint64_t capacity_bytes = 0;  ///< of the content that is held, from address 0
};

/// DDR3 memory behind a four-phase AT socket (docs/units/ddr3_controller.md): the channel in its
/// own clock, the data, and the crossing to the fabric. A request that finds no place in the
/// channel's queue is held back by withholding END_REQ.
class Ddr3Controller final : public MemoryUnit, public MemoryCommands, private DramListener {
  const Ddr3ControllerParams params_;
  const ClockDomain& fabric_;

 public:
  Ddr3Controller(const sc_core::sc_module_name& name, const Ddr3ControllerParams& params,
                 const ClockDomain& fabric);

  MemoryCommands* commands() override { return this; }
  void listen(DramListener& listener) override { listeners_.push_back(&listener); }
  const ClockDomain& ddr_clock() const override { return ddr_; }
  const Ddr3Part& part() const override { return params_.channel.part; }
  void catch_up(Cycle cycle) override;

 private:
  struct Response {
    tlm::tlm_generic_payload* payload;
    Cycle cycle;  ///< of the fabric, from which the data is there
  };

  tlm::tlm_sync_enum nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay) override;
  unsigned transport_dbg(tlm::tlm_generic_payload& payload) override;
  void issued(const CommandIssued& event) override;
  void served(const RequestServed& event) override;

  void run();
  void look_ahead(LookAhead& ahead);
  void schedule();
  /// Whose places the request takes.
  static std::size_t queue_of(const tlm::tlm_generic_payload& payload) {
    return payload.is_write() ? 1 : 0;
  }
  void enter(tlm::tlm_generic_payload& payload, Cycle t);
  void release_held(Cycle latest);
  void respond(Cycle latest);
  Cycle next_answer() const;
  Cycle next_response() const { return std::max(responses_.front().cycle, next_response_); }
  void spend(const CyclesSpent& event);
  Cycle settle();
  bool is_quiet() const;
  template <typename Visitor>
  void visit(Visitor& visitor);
  MemoryState state(Cycle fabric, Cycle ddr);
  bool serve_train(const KeptReads& reads);
  void replay(const KnownTrain& train);
  Cycle ddr_edge(const sc_core::sc_time& time) const { return ddr_.next_edge(time); }
  Cycle fabric_edge(Cycle ddr_cycle) const { return fabric_.next_edge(ddr_.duration(ddr_cycle)); }
  /// The first cycle of the channel that a request of fabric cycle t, or a later one, can reach.
  Cycle reach(Cycle t) const { return ddr_edge(fabric_.duration(t + params_.crossing_cycles)); }
  /// The first that a request still to come can reach.
  Cycle horizon() const;

  const ClockDomain ddr_;
  Ddr3Channel channel_;
  Storage storage_;
  HeldTrains held_trains_{storage_};
  KnownTrains trains_;
  std::vector<DramListener*> listeners_;
  std::vector<tlm::tlm_generic_payload*> requests_;  ///< in the channel, by id
  std::vector<std::uint64_t> free_ids_;
  std::array<QueuePlaces, 2> places_;  ///< of reads, of writes
  tlm::tlm_generic_payload* held_ = nullptr;
  Cycle held_since_ = 0;
  std::deque<Response> responses_;
  Cycle next_response_ = 0;  ///< from which the port is free
  Cycle last_arrival_ = 0;
  bool responding_ = false;  ///< END_RESP is awaited
  WorkingCycles working_;
  sc_core::sc_event ev_wake_{"wake"};
  sc_core::sc_time appointment_ = sc_core::sc_max_time();  ///< for which ev_wake_ is notified
};

/// `params.capacity_bytes` counts for nothing.
MemoryModel ddr3_memory(const Ddr3ControllerParams& params);

}  // namespace airnn
