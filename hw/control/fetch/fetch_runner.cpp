// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_runner.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"
#include "sw/format/encoding/array_info.h"

namespace airnn {

FetchRunner::FetchRunner(std::string unit, const FetchEngineParams& params,
                         const ClockDomain& clock, const Ports& ports, const Probes& probes,
                         CycleTimer& timer, Ended ended)
    : unit_(std::move(unit)),
      clock_(clock),
      ports_(ports),
      probes_(probes),
      timer_(timer),
      ended_(std::move(ended)),
      engine_(params) {
  ports_.memory.on_complete([this](const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
    take_burst(read, bytes, cycle);
  });
}

void FetchRunner::begin(BatchContent& content, Cycle t, std::uint32_t valid_from) {
  content_ = &content;
  if (content.content() == 0) {
    predict(content);
  }
  engine_.begin(content.bursts(), &content.beats());
  content.begin_delivery();
  words_ = content.words()->size();
  begin_ = t;
  stepped_ = kNever;
  valid_from_ = valid_from;
  // Nothing can intervene where the receiver of the beats never holds them up, and where nobody
  // ends the fetch.
  ahead_ = valid_from == 0 &&
           (stays_inside() ||
            (to_input_buffer() ? ports_.input.takes_trains() : ports_.weights.takes_trains()));
  weight_train_.clear();
  input_train_.clear();
  recorder_.begin(content.content(), t);
}

void FetchRunner::begin_input(BatchContent& content, Cycle t, std::uint32_t place) {
  input_place_ = place;
  begin(content, t);
}

/// Looks at the arrays ahead of time, so that the words need to be made only once. What counts is
/// what the memory delivers: each burst is compared, and a difference makes the words anew.
void FetchRunner::predict(BatchContent& content) {
  std::uint8_t burst_bytes[kBurstBytes];
  for (std::size_t s = 0; s < kStreams; ++s) {
    for (std::uint64_t burst = 0; burst < content.bursts()[s]; ++burst) {
      const auto stream = static_cast<FetchStream>(s);
      if (ports_.memory.debug_read(content.address(stream, burst), burst_bytes, kBurstBytes) ==
          kBurstBytes) {
        content.update(stream, burst, burst_bytes);
      }
    }
  }
  decode(content);
}

void FetchRunner::decode(BatchContent& content) {
  if (content.words() != nullptr) {
    retired_words_.push_back(content.words());
    retired_segments_.push_back(content.segments());
  }
  known_fetches_.forget(content.content());
  content.decode();
  content.set_content(next_content_++);
}

void FetchRunner::take_burst(const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
  if (!running()) {  // the fetch was given up
    engine_.arrive(read, cycle);
    probes_.on_burst.emit({cycle, read.stream});
    return;
  }
  const bool changed = content_->update(read.stream, read.burst, bytes);
  content_->deliver(read.stream, read.burst);
  if (ahead_ && has_words()) {
    recorder_.completed(read, cycle);
  }
  if (changed && has_words()) {
    decode(*content_);
    words_ = content_->words()->size();
  }
  if (content_->damaged()) {
    const std::string damage = content_->certain_damage();
    MODEL_CHECK(damage.empty(), unit_, "a batch cannot be assembled: " + damage);
  }
  engine_.arrive(read, cycle);
  probes_.on_burst.emit({cycle, read.stream});
}

bool FetchRunner::run(Cycle& t) {
  if (stepped_ == kNever && replay(t)) {
    return true;
  }
  while (true) {
    if (stepped_ == kNever || t > stepped_) {
      step(t);
      stepped_ = t;
    }
    if (engine_.finished()) {
      t += 1;
      const KeptTrain<WeightBeat> train = take_weight_train();
      remember(train, t);
      end(train, t);
      return true;
    }
    Cycle next = next_step(t);
    if (ahead_ && ports_.memory.look_ahead(next)) {
      next = next_step(t);
      if (next == kNever && ports_.memory.look_ahead(next)) {
        // What came was the END_REQ of a read behind which none is to be issued now.
        next = next_step(t);
      }
    }
    if (!ahead_) {
      if (next != kNever) {
        timer_.set(next);
      }
      return false;
    }
    MODEL_CHECK(next != kNever, unit_, "the memory deferred a read after it had completed others");
    t = next;
  }
}

/// The next cycle after t in which the fetch goes on, as far as that is known.
Cycle FetchRunner::next_step(Cycle t) const {
  if (engine_.beat_ready() && !account_.is_blocked()) {
    return t + 1;
  }
  Cycle next = engine_.next_arrival();
  if (engine_.can_issue()) {
    // Not left to the memory's answers: the event of a later one is lost behind an earlier one.
    next = std::min(next, std::max(t + 1, ports_.memory.channel_free()));
  }
  return next;
}

/// The same fetch again, if the memory agrees: in one transaction.
bool FetchRunner::replay(Cycle& t) {
  if (!ahead_ || !has_words()) {
    return false;
  }
  const KnownFetch* fetch = request_known_fetch();
  if (fetch == nullptr) {
    return false;
  }
  if (probes_.on_read.heard() || probes_.on_burst.heard()) {
    for (std::size_t i = 0; i < fetch->streams.size(); ++i) {
      const TimedRead& read = (*fetch->reads)[i];
      probes_.on_read.emit({t + read.cycle, read.address, fetch->streams[i]});
      probes_.on_burst.emit({t + read.completion, fetch->streams[i]});
    }
  }
  check(*fetch);
  account_.work(fetch->working);
  t += fetch->duration;
  end(fetch->beats, t);
  return true;
}

/// The one that the memory took; null if it took none.
const KnownFetch* FetchRunner::request_known_fetch() {
  const KnownFetches::Ways* ways = known_fetches_.ways(content_->content());
  if (ways == nullptr) {
    ports_.memory.request_train(nullptr);
    return nullptr;
  }
  const auto taken = std::find_if(ways->begin(), ways->end(), [this](const KnownFetch& fetch) {
    return ports_.memory.request_train(fetch.reads);
  });
  return taken == ways->end() ? nullptr : &*taken;
}

/// The memory compared the bytes; here it is the words that were made of them.
void FetchRunner::check(const KnownFetch& fetch) const {
  if (!known_fetches_.replay().checks()) {
    return;
  }
  BatchContent now = *content_;
  now.decode();
  std::size_t next = 0;
  bool is_equal = true;
  for (std::size_t i = 0; fetch.beats != nullptr && i < fetch.beats->size(); ++i) {
    const WeightBeat& beat = (*fetch.beats)[i].item;
    is_equal = is_equal && next + beat.count <= now.words()->size() &&
               std::equal(beat.words, beat.words + beat.count, now.words()->data() + next);
    next += beat.count;
  }
  known_fetches_.replay().check(is_equal && next == now.words()->size());
}

/// The beats of a fetch that was computed ahead; null if there are none.
KeptTrain<WeightBeat> FetchRunner::take_weight_train() {
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

void FetchRunner::remember(const KeptTrain<WeightBeat>& train, Cycle end) {
  if (ahead_ && recorder_.has_reads() && recorder_.content() == content_->content()) {
    known_fetches_.remember(recorder_.finish(train, end));
  }
}

void FetchRunner::step(Cycle t) {
  const FetchEngine::Step step = engine_.step(t, *this);
  if (step.sent) {
    account_.send(t);
  } else if (step.refused) {
    account_.refuse(t);
  }
  if (step.requested || step.sent) {
    account_.work();
    recorder_.worked();
  }
}

void FetchRunner::request(const FetchRead& read, Cycle t) {
  const std::uint64_t address = content_->address(read.stream, read.burst);
  if (ahead_ && has_words()) {
    recorder_.requested(read, address, content_->bytes(read.stream).data + read.burst * kBurstBytes,
                        t);
  }
  if (!ports_.memory.request(read, address, t) && ahead_ && !ports_.memory.look_ahead(t)) {
    MODEL_CHECK(t == clock_.now(), unit_,
                "the memory deferred a read after it had completed others");
    ahead_ = false;
  }
  probes_.on_read.emit({t, address, read.stream});
}

bool FetchRunner::has_credit() {
  return ahead_ || stays_inside() ||
         (to_input_buffer() ? ports_.input.can_push() : ports_.weights.can_push());
}

void FetchRunner::send(std::size_t beat, Cycle t) {
  const BeatNeed& need = content_->beats()[beat];
  if (stays_inside()) {
    return;
  }
  if (to_input_buffer()) {
    if (ahead_) {
      input_train_.push_back({t + 1 - begin_, input_beat(need)});
    } else {
      ports_.input.push(input_beat(need), 1);
    }
  } else if (ahead_) {
    weight_train_.push_back({t + 1 - begin_, weight_beat(need)});
  } else {
    ports_.weights.push(weight_beat(need), 1);
  }
}

WeightBeat FetchRunner::weight_beat(const BeatNeed& need) const {
  WeightBeat beat;
  beat.words = content_->words()->data() + need.first;
  beat.count = need.count;
  beat.first = need.first;
  beat.content = content_->content();
  beat.last = need.first + need.count == content_->words()->size() ? 1 : 0;
  beat.valid_from = valid_from_;
  beat.segments = content_->segments()->data() + need.first_segment;
  beat.segment_count = need.segments;
  return beat;
}

InputBeat FetchRunner::input_beat(const BeatNeed& need) const {
  InputBeat beat;
  const std::uint64_t elements = content_->plan().streams[0].front().bytes / kInputElementBytes;
  beat.first = static_cast<std::uint32_t>(input_place_ * elements + need.first);
  beat.count = need.count;
  const std::uint8_t* from = content_->bytes(FetchStream::value).data + need.first * 4;
  for (std::uint32_t i = 0; i < need.count; ++i) {
    beat.values[i] = static_cast<std::int32_t>(load_little_endian(from + 4 * i, 4));
  }
  return beat;
}

FetchDone FetchRunner::done(Cycle end, const std::array<std::uint64_t, kStreams>& bursts,
                            std::uint64_t beats) const {
  FetchDone done;
  done.begin = begin_;
  done.end = end;
  done.bursts = bursts;
  done.words = words_;
  done.beats = beats;
  return done;
}

/// A fetch that is computed ahead is so in the moment in which it begins: its trains count from
/// there.
void FetchRunner::end(const KeptTrain<WeightBeat>& train, Cycle& t) {
  ended_(done(t, content_->bursts(), content_->beats().size()));
  begin_ = kNever;
  if (train != nullptr) {
    ports_.weights.push_all(train);
  }
  if (!input_train_.empty()) {
    t = std::max(t, ports_.input.push_all(
                        std::make_shared<const Train<InputBeat>>(std::move(input_train_))));
    input_train_.clear();
  }
}

FetchDone FetchRunner::give_up(Cycle t) {
  const std::size_t beats = engine_.beats_sent();
  words_ = 0;
  if (beats > 0) {
    const BeatNeed& last = content_->beats()[beats - 1];
    words_ = last.first + last.count;
  }
  const FetchDone given_up = done(t, engine_.issued(), beats);
  begin_ = kNever;
  account_.give_up();
  closing_beat_due_ = beats > 0;
  return given_up;
}

bool FetchRunner::settle(Cycle t) {
  engine_.accept_arrivals(t);
  if (engine_.in_flight() > 0 && engine_.next_arrival() != kNever) {
    timer_.set(engine_.next_arrival());
  }
  if (closing_beat_due_ && ports_.weights.can_push()) {
    WeightBeat beat;
    beat.last = 1;
    beat.content = content_->content();
    beat.valid_from = valid_from_;
    ports_.weights.push(beat, 1);
    closing_beat_due_ = false;
  }
  return engine_.in_flight() == 0;
}

}  // namespace airnn
