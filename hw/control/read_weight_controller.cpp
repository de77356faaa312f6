// SPDX-License-Identifier: Apache-2.0
#include "hw/control/read_weight_controller.h"

#include <algorithm>

#include "hw/common/check.h"
#include "sw/format/errors.h"

namespace airnn {

ReadWeightController::ReadWeightController(const sc_core::sc_module_name& module_name,
                                           const ReadWeightControllerParams& params,
                                           const ClockDomain& clock, const FetchPlanner& planner,
                                           unsigned controlled)
    : sc_module(module_name),
      params_(params),
      clock_(clock),
      memory("memory", clock_, params.fetch.outstanding_reads),
      planner_(planner),
      engine_(params.fetch),
      directory_(planner.directory()),
      biases_(planner.biases()),
      batches_(static_cast<std::size_t>(planner.iterations())),
      tables_(static_cast<std::size_t>(planner.iterations())) {
  out_control.init(controlled, [this](const char* port, std::size_t) {
    return new StreamOut<ControlMessage>(port, clock_, 2);
  });
  memory.on_complete([this](const FetchEngine::Request& read, const std::uint8_t* bytes,
                            Cycle cycle) { take_burst(read, bytes, cycle); });
  SC_HAS_PROCESS(ReadWeightController);
  SC_METHOD(advance);
  sensitive << timer_.event() << memory.answer_event() << in_jobs.arrival_event()
            << in_placed.arrival_event() << in_outputs.arrival_event()
            << in_decision.arrival_event() << out_weights.credit_event() << out_input.credit_event()
            << out_results.credit_event();
}

void ReadWeightController::advance() {
  Cycle t = clock_.now();
  if (t < next_action_) {
    return;
  }
  while (advance_state(t)) {
    if (t > clock_.now()) {
      next_action_ = t;
      timer_.set(t);
      return;
    }
  }
}

/// One state's share. True: the next state begins at t; false: an event is awaited.
bool ReadWeightController::advance_state(Cycle& t) {
  switch (state_) {
    case ControllerState::boot:
      if (content_ == nullptr) {
        on_state.emit({t, state_, 0, 0});
        begin_fetch(directory_, t);
      }
      if (content_ == &directory_) {
        if (!run_fetch(t)) {
          return false;
        }
        begin_fetch(biases_, t);
        return true;
      }
      if (fetch_begin_ != kNever && !run_fetch(t)) {
        return false;
      }
      if (t > clock_.now()) {
        return true;
      }
      if (expected_words_ > 0) {
        if (!in_placed.can_pop()) {
          return false;
        }
        MODEL_CHECK(in_placed.pop().words == expected_words_, name(),
                    "another number of words was placed than the image has biases");
      }
      enter(ControllerState::idle, t);
      return true;
    case ControllerState::idle:
      if (!in_jobs.can_pop()) {
        return false;
      }
      if (!settled_memory_) {
        settled_memory_ = true;
        t = memory.settle();
        if (t > clock_.now()) {
          return true;
        }
      }
      settled_memory_ = false;
      job_ = in_jobs.pop();
      input_begin_ = t;
      iteration_ = 1;
      enter(ControllerState::reset_buffers, t);
      return true;
    case ControllerState::reset_buffers:
      control(ControlKind::reset);
      t += 1;
      enter(ControllerState::load_input, t);
      input_map_ = std::make_unique<BatchContent>(planner_.input_map(job_.address));
      begin_fetch(*input_map_, t);
      return true;
    case ControllerState::load_input:
      if (fetch_begin_ != kNever && !run_fetch(t)) {
        return false;
      }
      if (t > clock_.now()) {
        return true;
      }
      if (!out_input.idle()) {
        return false;
      }
      enter(ControllerState::fetch_batch, t);
      begin_fetch(batch(iteration_), t);
      return true;
    case ControllerState::fetch_batch:
      if (fetch_begin_ != kNever && !run_fetch(t)) {
        return false;
      }
      prefetch_ = 0;
      enter(ControllerState::drain, t);
      return true;
    case ControllerState::drain:
      if (expected_words_ > 0) {
        if (!in_placed.can_pop()) {
          return false;
        }
        MODEL_CHECK(in_placed.pop().words == expected_words_, name(),
                    "another number of words was placed than the batch has");
      }
      enter(ControllerState::configure, t);
      begin_tables(t);
      return true;
    case ControllerState::configure:
      if (fetch_begin_ != kNever && !run_fetch(t)) {
        return false;
      }
      if (t > clock_.now()) {
        return true;
      }
      control(ControlKind::configure, present_tables());
      t += 1;
      enter(ControllerState::compute, t);
      started_ = false;
      return true;
    case ControllerState::compute:
      if (!started_) {
        control(ControlKind::start);
        started_ = true;
        if (batch_follows()) {
          begin_prefetch(t + 1);
        }
      }
      if (!in_outputs.can_pop()) {
        step_prefetch(t);
        return false;
      }
      in_outputs.pop();
      enter(ControllerState::await_decision, t);
      return true;
    case ControllerState::await_decision:
      if (!in_decision.can_pop()) {
        step_prefetch(t);
        return false;
      }
      decision_ = in_decision.pop();
      if (decision_.terminate != 0) {
        enter(ControllerState::finish, t);
        give_up_prefetch(t);
        return true;
      }
      ++iteration_;
      enter(ControllerState::fetch_batch, t);
      if (prefetch_ != 0) {
        keep_prefetch();
      } else {
        begin_fetch(batch(iteration_), t);
      }
      return true;
    case ControllerState::finish:
      if (settled_ == kNever) {
        if (!settle_prefetch(t)) {
          return false;
        }
        settled_ = t;
      }
      if (!out_results.can_push()) {
        return false;
      }
      out_results.push({decision_.score, job_.input, decision_.prediction, iteration_}, 1);
      t += 1;
      enter(ControllerState::idle, t);
      on_input.emit({input_begin_, t, job_.input, decision_.prediction, iteration_});
      return true;
  }
  return false;
}

void ReadWeightController::enter(ControllerState state, Cycle t) {
  const Cycle spent = t - state_begin_;
  if (blocked_since_.has_value()) {
    blocked_ += t - *blocked_since_ - worked_while_blocked_;
    blocked_since_ = t;
    worked_while_blocked_ = 0;
  }
  switch (state_) {
    case ControllerState::boot:
    case ControllerState::load_input:
    case ControllerState::fetch_batch:
    case ControllerState::compute:
    case ControllerState::await_decision:
      on_cycles.emit({t, working_, spent - working_ - blocked_, blocked_});
      break;
    case ControllerState::drain:
      on_cycles.emit({t, 0, spent, 0});
      break;
    case ControllerState::reset_buffers:
      on_cycles.emit({t, 1, 0, spent - 1});
      break;
    case ControllerState::configure:
      on_cycles.emit({t, working_ + 1, spent - working_ - 1, 0});
      break;
    case ControllerState::finish: {
      const Cycle settling = settled_ - state_begin_;
      on_cycles.emit({t, 1, settling, spent - settling - 1});
      settled_ = kNever;
      break;
    }
    case ControllerState::idle:
      break;
  }
  working_ = blocked_ = 0;
  state_ = state;
  state_begin_ = t;
  on_state.emit({t, state, job_.input, iteration_});
}

/// Output 0 goes to the input buffer, the others to the layers in their order.
void ReadWeightController::control(ControlKind kind, const GroupTables* tables) {
  for (std::size_t i = 0; i < out_control.size(); ++i) {
    StreamOut<ControlMessage>& out = out_control[i];
    MODEL_CHECK(out.can_push(), name(), "a unit does not take its control messages");
    const KernelGroups* groups =
        tables == nullptr || i == 0 ? nullptr : tables->of(static_cast<std::uint32_t>(i - 1));
    out.push({kind, job_.input, iteration_, groups}, 1);
  }
}

/// The tables are read when the batch is in its buffers, just before they are needed.
void ReadWeightController::begin_tables(Cycle t) {
  std::unique_ptr<BatchContent>& content = tables_[iteration_ - 1];
  if (content == nullptr) {
    content = std::make_unique<BatchContent>(planner_.tables(static_cast<int>(iteration_)));
  }
  if (!content->layers_of_ranges().empty()) {
    begin_fetch(*content, t);
  }
}

const GroupTables* ReadWeightController::present_tables() {
  const BatchContent& content = *tables_[iteration_ - 1];
  if (content.layers_of_ranges().empty()) {
    return nullptr;
  }
  std::unique_ptr<const GroupTables>& tables = groups_[content.content()];
  if (tables == nullptr) {
    try {
      tables = std::make_unique<GroupTables>(content);
    } catch (const ImageError& error) {
      MODEL_CHECK(false, name(), std::string("interleave tables of ") + error.what() + " (P9)");
    }
  }
  return tables.get();
}

BatchContent& ReadWeightController::batch(std::uint32_t iteration) {
  std::unique_ptr<BatchContent>& slot = batches_[iteration - 1];
  if (slot == nullptr) {
    slot = std::make_unique<BatchContent>(planner_.batch(static_cast<int>(iteration)));
  }
  return *slot;
}

void ReadWeightController::begin_fetch(BatchContent& content, Cycle t) {
  content_ = &content;
  if (content.content() == 0) {
    predict(content);
  }
  engine_.begin(content.bursts(), &content.beats());
  content.begin_delivery();
  expected_words_ = content.words()->size();
  fetch_begin_ = t;
  stepped_ = kNever;
  // Nothing can intervene where the receiver of the beats never holds them up.
  ahead_ =
      stays_inside() || (to_input_buffer() ? out_input.takes_trains() : out_weights.takes_trains());
  weight_train_.clear();
  input_train_.clear();
  recorder_.begin(content.content(), t);
}

/// Looks at the arrays ahead of time, so that the words need to be made only once. What counts is
/// what the memory delivers: each burst is compared, and a difference makes the words anew.
void ReadWeightController::predict(BatchContent& content) {
  std::uint8_t burst_bytes[kBurstBytes];
  for (std::size_t s = 0; s < kStreams; ++s) {
    for (std::uint64_t burst = 0; burst < content.bursts()[s]; ++burst) {
      const auto stream = static_cast<FetchStream>(s);
      if (memory.debug_read(content.address(stream, burst), burst_bytes, kBurstBytes) ==
          kBurstBytes) {
        content.update(stream, burst, burst_bytes);
      }
    }
  }
  decode(content);
}

void ReadWeightController::decode(BatchContent& content) {
  if (content.words() != nullptr) {
    retired_words_.push_back(content.words());
  }
  content.decode();
  content.set_content(next_content_++);
}

void ReadWeightController::take_burst(const FetchEngine::Request& read, const std::uint8_t* bytes,
                                      Cycle cycle) {
  if (fetch_begin_ == kNever) {  // the fetch was given up
    engine_.arrive(read, cycle);
    on_burst.emit({cycle, read.stream});
    return;
  }
  const bool changed = content_->update(read.stream, read.burst, bytes);
  content_->deliver(read.stream, read.burst);
  if (ahead_ && has_words()) {
    recorder_.completed(read, cycle);
  }
  if (changed && has_words()) {
    decode(*content_);
    expected_words_ = content_->words()->size();
  }
  if (content_->damaged()) {
    const std::string damage = content_->certain_damage();
    MODEL_CHECK(damage.empty(), name(), "a batch cannot be assembled: " + damage);
  }
  engine_.arrive(read, cycle);
  on_burst.emit({cycle, read.stream});
}

/// Steps the fetch as far as its future is known. True when it ended; t is then the first cycle
/// after it.
bool ReadWeightController::run_fetch(Cycle& t) {
  if (stepped_ == kNever && replay_fetch(t)) {
    return true;
  }
  while (true) {
    if (stepped_ == kNever || t > stepped_) {
      step_fetch(t);
      stepped_ = t;
    }
    if (engine_.finished()) {
      t += 1;
      const KeptTrain<WeightBeat> train = take_weight_train();
      remember_fetch(train, t);
      end_fetch(train, t);
      return true;
    }
    Cycle next = next_fetch_step(t);
    if (ahead_ && memory.look_ahead(next)) {
      next = next_fetch_step(t);
      if (next == kNever && memory.look_ahead(next)) {
        // What came was the END_REQ of a read behind which none is to be issued now.
        next = next_fetch_step(t);
      }
    }
    if (!ahead_) {
      if (next != kNever) {
        timer_.set(next);
      }
      return false;
    }
    MODEL_CHECK(next != kNever, name(), "the memory deferred a read after it had completed others");
    t = next;
  }
}

/// The next cycle after t in which the fetch goes on, as far as that is known.
Cycle ReadWeightController::next_fetch_step(Cycle t) const {
  if (engine_.beat_ready() && !blocked_since_.has_value()) {
    return t + 1;
  }
  Cycle next = engine_.next_arrival();
  if (engine_.can_issue()) {
    // Not left to the memory's answers: the event of a later one is lost behind an earlier one.
    next = std::min(next, std::max(t + 1, memory.channel_free()));
  }
  return next;
}

/// The same fetch again, if the memory agrees: in one transaction.
bool ReadWeightController::replay_fetch(Cycle& t) {
  if (!ahead_ || !has_words()) {
    return false;
  }
  const KnownFetch* fetch = request_known_fetch();
  if (fetch == nullptr) {
    return false;
  }
  if (on_read.heard() || on_burst.heard()) {
    for (std::size_t i = 0; i < fetch->streams.size(); ++i) {
      const TimedRead& read = (*fetch->reads)[i];
      on_read.emit({t + read.cycle, read.address, fetch->streams[i]});
      on_burst.emit({t + read.completion, fetch->streams[i]});
    }
  }
  working_ += fetch->working;
  t += fetch->duration;
  end_fetch(fetch->beats, t);
  return true;
}

/// The one that the memory took; null if it took none.
const KnownFetch* ReadWeightController::request_known_fetch() {
  const std::deque<KnownFetch>& ways = known_fetches_.ways(*content_);
  if (ways.empty()) {
    memory.request_train(nullptr);
    return nullptr;
  }
  const auto taken = std::find_if(ways.begin(), ways.end(), [this](const KnownFetch& fetch) {
    return memory.request_train(fetch.reads);
  });
  return taken == ways.end() ? nullptr : &*taken;
}

/// The beats of a fetch that was computed ahead; null if there are none.
KeptTrain<WeightBeat> ReadWeightController::take_weight_train() {
  if (weight_train_.empty()) {
    return nullptr;
  }
  if (weight_train_.front().item.content != content_->content()) {
    // Bytes came otherwise than foreseen: the first beats bear the name of the prediction.
    for (Timed<WeightBeat>& beat : weight_train_) {
      beat.item.content = content_->content();
    }
  }
  return std::make_shared<const Train<WeightBeat>>(std::move(weight_train_));
}

void ReadWeightController::remember_fetch(const KeptTrain<WeightBeat>& train, Cycle end) {
  if (ahead_ && recorder_.has_reads() && recorder_.content() == content_->content()) {
    known_fetches_.remember(*content_, recorder_.finish(train, end));
  }
}

void ReadWeightController::step_fetch(Cycle t) {
  engine_.accept_arrivals(t);
  bool worked = false;
  FetchEngine::Request read;
  if (memory.can_request(t) && engine_.issue(read)) {
    worked = true;
    const std::uint64_t address = content_->address(read.stream, read.burst);
    if (ahead_ && has_words()) {
      recorder_.requested(read, address,
                          content_->bytes(read.stream).data + read.burst * kBurstBytes, t);
    }
    if (!memory.request(read, address, t) && ahead_ && !memory.look_ahead(t)) {
      MODEL_CHECK(t == clock_.now(), name(),
                  "the memory deferred a read after it had completed others");
      ahead_ = false;
    }
    on_read.emit({t, address, read.stream});
  }
  if (engine_.beat_ready()) {
    const bool has_credit = ahead_ || stays_inside() ||
                            (to_input_buffer() ? out_input.can_push() : out_weights.can_push());
    if (has_credit) {
      if (blocked_since_.has_value()) {
        blocked_ += t - *blocked_since_ - worked_while_blocked_;
        blocked_since_.reset();
      }
      send_beat(t);
      worked = true;
    } else if (!blocked_since_.has_value()) {
      blocked_since_ = t;
      worked_while_blocked_ = 0;
    }
  }
  working_ += worked ? 1 : 0;
  worked_while_blocked_ += worked ? 1 : 0;
  if (worked) {
    recorder_.worked();
  }
}

void ReadWeightController::send_beat(Cycle t) {
  const BeatNeed& need = content_->beats()[engine_.send_beat()];
  switch (content_->kind()) {
    case BatchKind::directory:
    case BatchKind::tables:
      break;
    case BatchKind::input_map:
      if (ahead_) {
        input_train_.push_back({t + 1 - fetch_begin_, input_beat(need)});
      } else {
        out_input.push(input_beat(need), 1);
      }
      break;
    case BatchKind::biases:
    case BatchKind::dense:
    case BatchKind::clusters:
      if (ahead_) {
        weight_train_.push_back({t + 1 - fetch_begin_, weight_beat(need)});
      } else {
        out_weights.push(weight_beat(need), 1);
      }
      break;
  }
}

WeightBeat ReadWeightController::weight_beat(const BeatNeed& need) const {
  WeightBeat beat;
  beat.words = content_->words()->data() + need.first;
  beat.count = need.count;
  beat.first = need.first;
  beat.content = content_->content();
  beat.last = need.first + need.count == content_->words()->size() ? 1 : 0;
  beat.valid_from = prefetch_;
  return beat;
}

InputBeat ReadWeightController::input_beat(const BeatNeed& need) const {
  InputBeat beat;
  beat.first = static_cast<std::uint32_t>(need.first);
  beat.count = need.count;
  const std::uint8_t* from = content_->bytes(FetchStream::value).data + need.first * 4;
  for (std::uint32_t i = 0; i < need.count; ++i) {
    beat.values[i] = static_cast<std::int32_t>(load_little_endian(from + 4 * i, 4));
  }
  return beat;
}

/// A fetch that is computed ahead is so in the moment in which it begins: its trains count from
/// there.
void ReadWeightController::end_fetch(const KeptTrain<WeightBeat>& train, Cycle& t) {
  const FetchDone done = {fetch_begin_,
                          t,
                          state_,
                          job_.input,
                          iteration_,
                          content_->bursts(),
                          content_->words()->size(),
                          content_->beats().size()};
  if (prefetch_ > iteration_) {
    prefetched_ = done;
  } else {
    on_fetch.emit(done);
  }
  fetch_begin_ = kNever;
  if (train != nullptr) {
    out_weights.push_all(train);
  }
  if (!input_train_.empty()) {
    t = std::max(
        t, out_input.push_all(std::make_shared<const Train<InputBeat>>(std::move(input_train_))));
    input_train_.clear();
  }
}

bool ReadWeightController::batch_follows() const {
  return params_.prefetch == Prefetch::next && iteration_ < batches_.size() &&
         (params_.max_iterations == 0 || iteration_ < params_.max_iterations);
}

void ReadWeightController::begin_prefetch(Cycle t) {
  prefetch_ = iteration_ + 1;
  begin_fetch(batch(prefetch_), t);
  ahead_ = false;  // the decision may end it
}

void ReadWeightController::step_prefetch(Cycle t) {
  if (prefetch_ == 0 || fetch_begin_ == kNever) {
    return;
  }
  if (t < fetch_begin_) {
    timer_.set(fetch_begin_);
    return;
  }
  run_fetch(t);
}

/// The iteration that was fetched for begins.
void ReadWeightController::keep_prefetch() {
  if (prefetched_.has_value()) {
    prefetched_->iteration = iteration_;
    on_fetch.emit(*prefetched_);
    prefetched_.reset();
  }
}

/// The input ends instead: no further read, no further beat.
void ReadWeightController::give_up_prefetch(Cycle t) {
  if (prefetch_ == 0) {
    return;
  }
  if (prefetched_.has_value()) {
    on_fetch.emit(*prefetched_);
    prefetched_.reset();
    return;
  }
  const std::size_t beats = engine_.beats_sent();
  expected_words_ = 0;
  if (beats > 0) {
    const BeatNeed& last = content_->beats()[beats - 1];
    expected_words_ = last.first + last.count;
  }
  on_fetch.emit(
      {fetch_begin_, t, state_, job_.input, iteration_, engine_.issued(), expected_words_, beats});
  fetch_begin_ = kNever;
  blocked_since_.reset();
  closing_beat_due_ = beats > 0;
}

/// Nothing of a needless fetch is under way any more, as the next input's reset demands.
bool ReadWeightController::settle_prefetch(Cycle t) {
  if (prefetch_ == 0) {
    return true;
  }
  engine_.accept_arrivals(t);
  if (engine_.in_flight() > 0 && engine_.next_arrival() != kNever) {
    timer_.set(engine_.next_arrival());
  }
  if (closing_beat_due_ && out_weights.can_push()) {
    WeightBeat beat;
    beat.last = 1;
    beat.content = content_->content();
    beat.valid_from = prefetch_;
    out_weights.push(beat, 1);
    closing_beat_due_ = false;
  }
  if (engine_.in_flight() > 0 || (expected_words_ > 0 && !in_placed.can_pop())) {
    return false;
  }
  if (expected_words_ > 0) {
    MODEL_CHECK(in_placed.pop().words == expected_words_, name(),
                "another number of words was placed than was sent of a batch given up");
  }
  prefetch_ = 0;
  return true;
}

std::string ReadWeightController::waiting_for() const {
  std::string text = std::string("in state ") + to_string(state_);
  if (engine_.in_flight() > 0) {
    text += ", " + std::to_string(engine_.in_flight()) + " reads in flight";
  }
  return text;
}

}  // namespace airnn
