// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/cycle_timer.h"
#include "hw/control/controller_ports.h"
#include "hw/control/fetch/early_fetch.h"
#include "hw/control/fetch/fetch_contents.h"
#include "hw/control/fetch/fetch_planner.h"
#include "hw/control/fetch/fetch_runner.h"
#include "hw/control/fetch/read_port.h"
#include "hw/control/input_group.h"
#include "hw/control/state_cycles.h"
#include "hw/control/unit_control.h"

namespace airnn {

enum class Prefetch { none, next };

struct ReadWeightControllerParams {
  unsigned lanes = 16;  ///< words per beat
  FetchEngineParams fetch;
  Prefetch prefetch = Prefetch::none;  ///< next: batch i + 1 is fetched while i is computed
  std::uint32_t max_iterations = 0;    ///< none is prefetched behind these; 0: no limit
  InputGroupParams group;
  /// Streams share links, so they can overtake and hold up each other. *Reset* and *configure* are
  /// done when all units have taken them, Boot and Finish when nothing is under way any more.
  /// False: messages are there in the next cycle.
  bool links_are_shared = false;
};

/// Runs an input through the machine (paper, V-C): resets the weight buffers, loads the input map,
/// and per iteration reads the next two clusters, waits until they are placed, starts the
/// computation and awaits the decision. Inputs of a group share each iteration's batch. It decides
/// what is fetched and when; FetchRunner carries it out.
class ReadWeightController final : public ControllerPorts {
 public:
  ReadPort memory;

  ReadWeightController(const sc_core::sc_module_name& name,
                       const ReadWeightControllerParams& params, const ClockDomain& clock,
                       const FetchPlanner& planner, unsigned controlled);

  tlm::tlm_initiator_socket<>& bus() override { return memory; }
  std::string waiting_for() const override;

 private:
  void advance();
  bool advance_state(Cycle& t);
  bool boot(Cycle& t);
  bool take_job(Cycle& t);
  bool load_input(Cycle& t);
  bool compute(Cycle t);
  bool follow_decision(Cycle t);
  bool finish(Cycle& t);
  void begin_turn(Cycle t);
  void begin_load(Cycle t);
  void go_on(Cycle t);
  void fetch_next_batch(Cycle t);
  void enter(ControllerState state, Cycle t);
  bool fetch_ends(Cycle& t) { return !runner_.running() || runner_.run(t); }
  bool is_placed(std::uint64_t words, const char* batch);
  bool batch_follows() const;
  FetchDone of_present_state(FetchDone done) const;
  void end_fetch(const FetchDone& fetch);
  void end_early_fetch(Cycle t);
  bool settle_early_fetch(Cycle t);
  bool units_obey(ControlKind kind, Cycle& t);
  bool links_rest(Cycle t);

  const ReadWeightControllerParams params_;
  CycleTimer timer_{"timer", clock_};
  FetchContents contents_;
  FetchRunner runner_;
  EarlyFetch early_;
  UnitControl units_;
  StateCycles cycles_;

  ControllerState state_ = ControllerState::boot;
  bool settled_memory_ = false;  ///< for the next input
  InputGroup group_;
  InputJob job_;  ///< whose turn it is
  std::uint32_t iteration_ = 0;
  bool is_configured_ = false;     ///< the iteration: its batch counts
  bool waits_to_load_ = false;     ///< the input map, until the batch that is fetched early is here
  std::uint64_t batch_words_ = 0;  ///< that were sent of the last batch
  Cycle input_begin_ = 0;
  Cycle next_action_ = 0;
  Decision decision_;
  bool placed_ = false;  ///< the biases, at boot
  bool started_ = false;
};

}  // namespace airnn
