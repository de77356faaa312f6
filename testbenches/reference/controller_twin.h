// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "testbenches/reference/fetch_twin.h"
#include "testbenches/reference/machine_trace.h"
#include "testbenches/reference/score_twin.h"
#include "testbenches/reference/stream_twin.h"

namespace airnn::test {

/// The streams of the Read Weight Controller, with the slots that docs/timing.md gives them.
struct ControllerStreams {
  struct Job {
    std::uint64_t address = 0;
    std::uint32_t input = 0;
    std::uint32_t count = 1;
  };
  struct Control {
    int kind = 0;  ///< reset, configure, start
    std::uint32_t input = 0;
    std::uint32_t iteration = 0;
  };
  struct Result {
    std::int64_t score = 0;
    std::uint32_t prediction = 0;
    std::uint32_t iterations = 0;
  };

  StreamTwin<Job> jobs{1};
  StreamTwin<BeatTwin> weights{4};
  StreamTwin<int> input_bursts{4};
  StreamTwin<Control> control{2};
  StreamTwin<std::uint64_t> placed{2};
  StreamTwin<int> outputs{1};  ///< from the last layer
  StreamTwin<DecisionTwin> decision{1};
  StreamTwin<Result> results{2};
};

/// The table of docs/timing.md, "Read Weight Controller", cycle by cycle.
class ControllerTwin {
 public:
  struct Jobs {
    FetchJob directory;
    FetchJob biases;
    std::vector<FetchJob> batches;
    std::vector<FetchJob> tables;  ///< by iteration; without arrays: nothing is fetched
    std::function<FetchJob(std::uint64_t address)> input;
    bool prefetch = false;
    std::uint32_t input_buffers = 1;
    std::uint64_t map_pitch = 0;
  };

  ControllerTwin(const Jobs& jobs, FetchTwin& fetch, ControllerStreams& streams,
                 MachineTrace& trace);
  void step(Cycle t);

 private:
  enum State {
    boot,
    idle,
    reset,
    load_input,
    fetch_batch,
    drain,
    configure,
    compute,
    await,
    finish
  };

  /// An input of the running group (docs/grouped_inputs.md).
  struct Member {
    ControllerStreams::Job job;
    bool goes_on = true;
    bool is_kept = false;   ///< its map stays on chip until the next iteration
    bool must_load = true;  ///< in this iteration
  };

  bool advance(Cycle t);
  void begin_group(const ControllerStreams::Job& job);
  void begin_iteration();
  void begin_turn(Cycle t);
  void go_on(Cycle t);
  bool group_ends() const;
  void enter(State state, Cycle t);
  void begin_fetch(const FetchJob& job, Cycle t, StreamTwin<BeatTwin>* weights,
                   StreamTwin<int>* input);
  /// One cycle of the running fetch; true from the cycle behind its last one on.
  bool fetch_is_over(Cycle t);
  void prefetch(Cycle t);
  void give_up_prefetch(Cycle t);
  bool prefetch_is_settled(Cycle t);
  void control(int kind, Cycle t);
  void account(Cycle t);

  const Jobs jobs_;
  FetchTwin& fetch_;
  ControllerStreams& streams_;
  MachineTrace& trace_;

  State state_ = boot;
  Cycle entered_ = 0;
  std::vector<Member> group_;
  std::size_t turn_ = 0;
  bool is_configured_ = false;
  bool load_waits_ = false;  ///< until the batch that is fetched early is here
  bool prefetch_is_over_ = false;
  ControllerStreams::Job job_;
  std::uint32_t iteration_ = 0;
  DecisionTwin decision_;

  StreamTwin<BeatTwin>* to_weights_ = nullptr;
  StreamTwin<int>* to_input_ = nullptr;
  FetchJob running_;
  bool booted_directory_ = false;
  Cycle fetch_begin_ = 0;
  Cycle fetch_end_ = 0;  ///< first cycle behind the fetch, once known
  std::uint64_t beats_ = 0;
  std::uint64_t words_sent_ = 0;
  bool prefetching_ = false;
  bool closing_beat_due_ = false;
  bool acknowledgement_due_ = false;
  Cycle fetch_worked_ = kNever;   ///< the last cycle in which the fetch did something
  Cycle fetch_refused_ = kNever;  ///< the last cycle in which a beat had no slot
  Cycle pushed_result_ = kNever;
  Cycle configured_ = kNever;  ///< *configure* was pushed in this cycle
};

}  // namespace airnn::test
