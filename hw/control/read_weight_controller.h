// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/cycle_timer.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/assembly/group_tables.h"
#include "hw/control/control_events.h"
#include "hw/control/fetch/fetch_engine.h"
#include "hw/control/fetch/fetch_planner.h"
#include "hw/control/fetch/fetch_recorder.h"
#include "hw/control/fetch/known_fetches.h"
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
/// computation and awaits the decision.
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
  void enter(ControllerState state, Cycle t);
  void begin_fetch(BatchContent& content, Cycle t);
  bool run_fetch(Cycle& t);
  Cycle next_fetch_step(Cycle t) const;
  bool replay_fetch(Cycle& t);
  const KnownFetch* request_known_fetch();
  KeptTrain<WeightBeat> take_weight_train();
  void remember_fetch(const KeptTrain<WeightBeat>& train, Cycle end);
  bool has_words() const { return content_->kind() != BatchKind::directory && !to_input_buffer(); }
  void step_fetch(Cycle t);
  void send_beat(Cycle t);
  void end_fetch(const KeptTrain<WeightBeat>& train, Cycle& t);
  bool batch_follows() const;
  void begin_prefetch(Cycle t);
  void step_prefetch(Cycle t);
  void keep_prefetch();
  void give_up_prefetch(Cycle t);
  bool settle_prefetch(Cycle t);
  void take_burst(const FetchEngine::Request& read, const std::uint8_t* bytes, Cycle cycle);
  void predict(BatchContent& content);
  void decode(BatchContent& content);
  WeightBeat weight_beat(const BeatNeed& need) const;
  InputBeat input_beat(const BeatNeed& need) const;
  void control(ControlKind kind, const GroupTables* tables = nullptr);
  BatchContent& batch(std::uint32_t iteration);
  void begin_tables(Cycle t);
  /// The beats of the fetch end in the controller itself.
  bool stays_inside() const {
    return content_->kind() == BatchKind::directory || content_->kind() == BatchKind::tables;
  }
  const GroupTables* present_tables();
  bool to_input_buffer() const { return content_->kind() == BatchKind::input_map; }

  FetchPlanner planner_;
  FetchEngine engine_;
  BatchContent directory_;
  BatchContent biases_;
  std::vector<std::unique_ptr<BatchContent>> batches_;  ///< by iteration, made when first fetched
  std::vector<std::unique_ptr<BatchContent>> tables_;   ///< likewise
  std::unique_ptr<BatchContent> input_map_;

  ControllerState state_ = ControllerState::boot;
  bool settled_memory_ = false;  ///< for the next input
  InputJob job_;
  std::uint32_t iteration_ = 0;
  Cycle input_begin_ = 0;
  Cycle state_begin_ = 0;
  Cycle next_action_ = 0;
  Decision decision_;

  BatchContent* content_ = nullptr;  ///< of the running fetch
  bool ahead_ = false;               ///< the fetch is computed ahead of the kernel's time
  Cycle fetch_begin_ = 0;
  Cycle working_ = 0;
  Cycle blocked_ = 0;
  std::optional<Cycle> blocked_since_;
  Cycle worked_while_blocked_ = 0;
  Cycle stepped_ = kNever;
  bool started_ = false;
  std::uint32_t prefetch_ = 0;           ///< iteration whose batch was begun early; 0: none
  std::optional<FetchDone> prefetched_;  ///< it ended before it was known whether it is needed
  bool closing_beat_due_ = false;        ///< of a batch that was given up
  Cycle settled_ = kNever;
  std::uint64_t expected_words_ = 0;
  ContentId next_content_ = 1;
  std::vector<std::shared_ptr<const std::vector<WeightWord>>> retired_words_;
  KnownFetches known_fetches_;
  std::map<ContentId, std::unique_ptr<const GroupTables>> groups_;  ///< what was made of tables
  FetchRecorder recorder_;
  Train<WeightBeat> weight_train_;  ///< of a fetch that is computed ahead
  Train<InputBeat> input_train_;    ///< likewise
  CycleTimer timer_{"timer", clock_};
};

}  // namespace airnn
