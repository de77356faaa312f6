// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_engine.h"

#include <algorithm>

namespace airnn {

FetchEngine::FetchEngine(const FetchEngineParams& params) : params_(params) {
  for (Stream& stream : streams_) {
    stream.arrived.assign(params.stream_buffer_bursts, false);
  }
}

void FetchEngine::begin(const std::array<std::uint64_t, kStreams>& bursts,
                        const std::vector<BeatNeed>* beats) {
  for (std::size_t s = 0; s < kStreams; ++s) {
    Stream& stream = streams_[s];
    stream.bursts = bursts[s];
    stream.issued = stream.in_order = stream.released = 0;
    stream.early = 0;
    std::fill(stream.arrived.begin(), stream.arrived.end(), false);
  }
  beats_ = beats;
  next_beat_ = 0;
  turn_ = 0;
}

void FetchEngine::arrive(const FetchRead& read, Cycle cycle) {
  if (arrivals_.empty() || arrivals_.back().cycle <= cycle) {
    arrivals_.push_back({cycle, read});
    return;
  }
  const auto not_later = [](const Arrival& a, Cycle c) { return a.cycle <= c; };
  arrivals_.insert(std::lower_bound(arrivals_.begin(), arrivals_.end(), cycle, not_later),
                   {cycle, read});
}

void FetchEngine::accept_arrivals(Cycle t) {
  while (!arrivals_.empty() && arrivals_.front().cycle <= t) {
    const FetchRead read = arrivals_.front().read;
    arrivals_.pop_front();
    --in_flight_total_;
    Stream& stream = streams_[static_cast<std::size_t>(read.stream)];
    const std::size_t size = stream.arrived.size();
    if (read.burst != stream.in_order) {
      stream.arrived[read.burst % size] = true;
      ++stream.early;
      continue;
    }
    ++stream.in_order;
    while (stream.early > 0 && stream.arrived[stream.in_order % size]) {
      stream.arrived[stream.in_order % size] = false;
      --stream.early;
      ++stream.in_order;
    }
  }
}

bool FetchEngine::can_issue() const {
  return in_flight_total_ < params_.outstanding_reads &&
         std::any_of(streams_.begin(), streams_.end(),
                     [this](const Stream& stream) { return has_place(stream); });
}

FetchEngine::Step FetchEngine::step(Cycle t, FetchSurroundings& surroundings) {
  Step step;
  accept_arrivals(t);
  if (surroundings.can_request(t)) {
    if (const std::optional<FetchRead> read = issue()) {
      step.requested = true;
      surroundings.request(*read, t);
    }
  }
  if (beat_ready()) {
    step.sent = surroundings.has_credit();
    step.refused = !step.sent;
    if (step.sent) {
      surroundings.send(use_up_beat(), t);
    }
  }
  return step;
}

std::optional<FetchRead> FetchEngine::issue() {
  if (in_flight_total_ >= params_.outstanding_reads) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < kStreams; ++i) {
    const std::size_t s = (turn_ + i) % kStreams;
    if (has_place(streams_[s])) {
      ++in_flight_total_;
      turn_ = (s + 1) % kStreams;
      return FetchRead{static_cast<FetchStream>(s), streams_[s].issued++};
    }
  }
  return std::nullopt;
}

bool FetchEngine::beat_ready() const {
  if (next_beat_ == beats_->size()) {
    return false;
  }
  const BeatNeed& beat = (*beats_)[next_beat_];
  for (std::size_t s = 0; s < kStreams; ++s) {
    if (streams_[s].in_order < beat.needed[s]) {
      return false;
    }
  }
  return true;
}

/// Returns its index.
std::size_t FetchEngine::use_up_beat() {
  const BeatNeed& beat = (*beats_)[next_beat_];
  for (std::size_t s = 0; s < kStreams; ++s) {
    streams_[s].released = beat.released[s];
  }
  return next_beat_++;
}

bool FetchEngine::finished() const {
  return next_beat_ == beats_->size() && in_flight_total_ == 0 &&
         std::all_of(streams_.begin(), streams_.end(),
                     [](const Stream& stream) { return stream.issued == stream.bursts; });
}

std::array<std::uint64_t, kStreams> FetchEngine::issued() const {
  std::array<std::uint64_t, kStreams> bursts{};
  for (std::size_t s = 0; s < kStreams; ++s) {
    bursts[s] = streams_[s].issued;
  }
  return bursts;
}

Cycle FetchEngine::next_arrival() const {
  return arrivals_.empty() ? kNever : arrivals_.front().cycle;
}

}  // namespace airnn
