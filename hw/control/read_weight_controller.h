// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/cycle_timer.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/control_events.h"
#include "hw/control/fetch/early_fetch.h"
#include "hw/control/fetch/fetch_contents.h"
#include "hw/control/fetch/fetch_planner.h"
#include "hw/control/fetch/fetch_runner.h"
#include "hw/control/fetch/read_port.h"

namespace airnn {

enum class Prefetch { none, next };

struct ReadWeightControllerParams {
  unsigned lanes = 16;  ///< words per beat
  FetchEngineParams fetch;
  Prefetch prefetch = Prefetch::none;  ///< next: batch i + 1 is fetched while i is computed
  std::uint32_t max_iterations = 0;    ///< none is prefetched behind these; 0: no limit
};

/// Runs an input through the machine (paper, V-C): resets the weight buffers, loads the input map,
/// and per iteration reads the next two clusters, waits until they are placed, starts the
/// computation and awaits the decision. It decides what is fetched and when; FetchRunner carries it
/// out.
class ReadWeightController final : public sc_core::sc_module {
  const ReadWeightControllerParams params_;
  const ClockDomain& clock_;

 public:
  ReadPort memory;
  StreamIn<InputJob> in_jobs{"in_jobs", clock_};
  StreamOut<InputResult> out_results{"out_results", clock_, 2};
  StreamOut<WeightBeat> out_weights{"out_weights", clock_, 4};
  StreamOut<InputBeat> out_input{"out_input", clock_, 4};
  StreamIn<BatchPlaced> in_placed{"in_placed", clock_};
  StreamIn<FeatureMap> in_outputs{"in_outputs", clock_};  ///< tells that the last layer is done
  StreamIn<Decision> in_decision{"in_decision", clock_};
  sc_core::sc_vector<StreamOut<ControlMessage>> out_control{"out_control"};

  Probe<StateEntered> on_state;
  Probe<ReadIssued> on_read;
  Probe<BurstArrived> on_burst;
  Probe<FetchDone> on_fetch;
  Probe<InputDone> on_input;
  Probe<CyclesSpent> on_cycles;

  /// `controlled`: number of units that take reset, configure and start (input buffer and layers).
  ReadWeightController(const sc_core::sc_module_name& name,
                       const ReadWeightControllerParams& params, const ClockDomain& clock,
                       const FetchPlanner& planner, unsigned controlled);

  /// What the controller waits for, in words, for a run that does not end.
  std::string waiting_for() const;

 private:
  void advance();
  bool advance_state(Cycle& t);
  bool boot(Cycle& t);
  bool take_job(Cycle& t);
  bool compute(Cycle t);
  bool follow_decision(Cycle t);
  bool finish(Cycle& t);
  void enter(ControllerState state, Cycle t);
  void report_cycles(Cycle t);
  bool fetch_ends(Cycle& t) { return !runner_.running() || runner_.run(t); }
  bool is_placed(const char* batch);
  bool batch_follows() const;
  FetchDone of_present_state(FetchDone done) const;
  void end_fetch(const FetchDone& fetch);
  void end_early_fetch(Cycle t);
  bool settle_early_fetch(Cycle t);
  void control(ControlKind kind, const GroupTables* tables = nullptr);
  const GroupTables* present_groups();

  CycleTimer timer_{"timer", clock_};
  FetchContents contents_;
  FetchRunner runner_;
  EarlyFetch early_;

  ControllerState state_ = ControllerState::boot;
  bool settled_memory_ = false;  ///< for the next input
  InputJob job_;
  std::uint32_t iteration_ = 0;
  Cycle input_begin_ = 0;
  Cycle state_begin_ = 0;
  Cycle next_action_ = 0;
  Decision decision_;
  bool started_ = false;
  Cycle settled_ = kNever;
};

}  // namespace airnn
