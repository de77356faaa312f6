// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/cycle_timer.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/assembly/batch_content.h"
#include "hw/control/control_events.h"
#include "hw/control/fetch/fetch_account.h"
#include "hw/control/fetch/fetch_engine.h"
#include "hw/control/fetch/fetch_recorder.h"
#include "hw/control/fetch/known_fetches.h"
#include "hw/control/fetch/read_port.h"

namespace airnn {

/// Carries out the fetches of the Read Weight Controller, one at a time: steps the engine, reads
/// through the port, makes words of the bytes and sends them on. A fetch whose beats nobody can
/// hold up is computed ahead of the kernel's time, and one that goes as it went before is not gone
/// through again.
class FetchRunner final : private FetchSurroundings {
 public:
  struct Ports {
    ReadPort& memory;
    StreamOut<WeightBeat>& weights;
    StreamOut<InputBeat>& input;
  };
  struct Probes {
    Probe<ReadIssued>& on_read;
    Probe<BurstArrived>& on_burst;
  };
  /// Told of a fetch that ended, before its trains are sent. State, input and iteration are the
  /// listener's to know.
  using Ended = std::function<void(const FetchDone& done)>;

  /// `unit`: whose fetches they are, for messages. `timer` is set to the next cycle in which run()
  /// has something to do. What is referred to must outlive the runner.
  FetchRunner(std::string unit, const FetchEngineParams& params, const ClockDomain& clock,
              const Ports& ports, const Probes& probes, CycleTimer& timer, Ended ended);

  /// A fetch begins in cycle t. `valid_from` is that of its words (WeightBeat); other than 0, the
  /// fetch may be given up.
  void begin(BatchContent& content, Cycle t, std::uint32_t valid_from = 0);
  /// The fetch of an input map into this place of the input buffer begins.
  void begin_input(BatchContent& content, Cycle t, std::uint32_t place);
  /// It has begun, and neither ended nor was given up.
  bool running() const { return begin_ != kNever; }
  Cycle begin_cycle() const { return begin_; }
  /// Of the fetch that runs or ran last; null before the first.
  const BatchContent* content() const { return content_; }
  /// Words that it sends, or of one that was given up, has sent.
  std::uint64_t words() const { return words_; }
  /// Steps the fetch as far as its future is known. True when it ended; t is then the first cycle
  /// after it.
  bool run(Cycle& t);

  /// No further read and no further beat from cycle t on. Returns what was done.
  FetchDone give_up(Cycle t);
  /// Takes what still comes of a fetch that was given up, and tells the receiver by an empty beat
  /// that it ends. True if no read is under way any more.
  bool settle(Cycle t);

  /// Cycles spent before cycle t since this was asked for last.
  FetchAccount::Cycles take_cycles(Cycle t) { return account_.take(t); }
  unsigned reads_in_flight() const { return engine_.in_flight(); }

 private:
  bool can_request(Cycle t) const override { return ports_.memory.can_request(t); }
  void request(const FetchRead& read, Cycle t) override;
  bool has_credit() override;
  void send(std::size_t beat, Cycle t) override;

  void step(Cycle t);
  Cycle next_step(Cycle t) const;
  bool replay(Cycle& t);
  const KnownFetch* request_known_fetch();
  void check(const KnownFetch& fetch) const;
  KeptTrain<WeightBeat> take_weight_train();
  void remember(const KeptTrain<WeightBeat>& train, Cycle end);
  void end(const KeptTrain<WeightBeat>& train, Cycle& t);
  FetchDone done(Cycle end, const std::array<std::uint64_t, kStreams>& bursts,
                 std::uint64_t beats) const;
  void take_burst(const FetchRead& read, const std::uint8_t* bytes, Cycle cycle);
  void predict(BatchContent& content);
  void decode(BatchContent& content);
  WeightBeat weight_beat(const BeatNeed& need) const;
  InputBeat input_beat(const BeatNeed& need) const;
  bool to_input_buffer() const { return content_->kind() == BatchKind::input_map; }
  bool has_words() const { return content_->kind() != BatchKind::directory && !to_input_buffer(); }
  /// The beats of the fetch end in the controller itself.
  bool stays_inside() const {
    return content_->kind() == BatchKind::directory || content_->kind() == BatchKind::tables;
  }

  const std::string unit_;
  const ClockDomain& clock_;
  const Ports ports_;
  const Probes probes_;
  CycleTimer& timer_;
  const Ended ended_;
  FetchEngine engine_;
  FetchAccount account_;

  BatchContent* content_ = nullptr;  ///< of the running fetch
  Cycle begin_ = kNever;
  Cycle stepped_ = kNever;  ///< the last cycle
  bool ahead_ = false;      ///< the fetch is computed ahead of the kernel's time
  std::uint32_t valid_from_ = 0;
  std::uint32_t input_place_ = 0;
  std::uint64_t words_ = 0;
  bool closing_beat_due_ = false;   ///< of a fetch that was given up
  Train<WeightBeat> weight_train_;  ///< of a fetch that is computed ahead
  Train<InputBeat> input_train_;    ///< likewise

  ContentId next_content_ = 1;
  std::vector<std::shared_ptr<const std::vector<WeightWord>>> retired_words_;
  std::vector<std::shared_ptr<const std::vector<LineSegment>>> retired_segments_;
  KnownFetches known_fetches_;
  FetchRecorder recorder_;
};

}  // namespace airnn
