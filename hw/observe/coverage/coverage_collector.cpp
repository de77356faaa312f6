// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/coverage/coverage_collector.h"

#include <algorithm>
#include <string>

namespace airnn {

namespace {

// Values of axes, in the order of the table.
enum Early : std::size_t { kNone, kInTime, kTooLate, kGivenUp, kNeedless };
enum Decided : std::size_t { kContinue, kConfident, kLast };
enum Fetched : std::size_t { kBoot, kInputMap, kBatch, kTables, kNothing };

constexpr std::uint32_t kMostIterations = 5;

std::string runs_of(const BlockFlags& flags) {
  std::string runs;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= flags.size(); ++i) {
    if (i == flags.size() || flags[i] != flags[i - 1]) {
      runs += (begin == 0 ? "" : "+") + std::to_string(i - begin);
      begin = i;
    }
  }
  return runs;
}

std::size_t fetched_in(ControllerState state) {
  switch (state) {
    case ControllerState::boot:
      return kBoot;
    case ControllerState::load_input:
      return kInputMap;
    case ControllerState::configure:
      return kTables;
    default:
      return kBatch;
  }
}

bool is_of_weights(const FetchDone& fetch) {
  return fetched_in(fetch.state) == kBatch;
}

}  // namespace

StreamCover& CoverageCollector::stream(CoverStream kind, unsigned slots) {
  streams_.push_back(std::make_unique<StreamCover>(kind, slots));
  return *streams_.back();
}

void CoverageCollector::entered(const StateEntered& event) {
  const auto state = static_cast<std::size_t>(event.state);
  present().hit(Cover::state, state);
  if (!states_.empty()) {
    present().hit(Cover::transition, static_cast<std::size_t>(states_.back().state), state);
  }
  if (event.state == ControllerState::idle) {
    end_prefetch();
    settle(event.cycle);
    states_.clear();
  } else if (event.state == ControllerState::drain) {
    end_prefetch();
  }
  states_.push_back(event);
}

void CoverageCollector::fetched(const FetchDone& event) {
  fetches_.push_back({event.begin, event.end, event.state});
  if (!is_of_weights(event)) {
    return;
  }
  if (event.words == 0 && event.state != ControllerState::finish) {
    present().hit(Cover::batch, 0, 0);
  }
  const StateEntered& now = states_.back();
  if (now.state == ControllerState::finish) {
    early_ = event.state == ControllerState::finish ? kGivenUp : kNeedless;
  } else if (event.begin < now.cycle) {
    early_ = event.end <= now.cycle ? kInTime : kTooLate;
  }
}

void CoverageCollector::decided(const ScoreDecided& event) {
  const bool is_last = event.iteration >= params_.iterations;
  decision_ = event.terminate == 0 ? kContinue : is_last ? kLast : kConfident;
  if (event.terminate) {
    present().hit(Cover::input_end, std::min(event.iteration, kMostIterations) - 1,
                  is_last ? 1 : 0);
  }
}

/// The decision's consequences are known.
void CoverageCollector::end_prefetch() {
  if (decision_) {
    present().hit(Cover::prefetch, early_.value_or(kNone), *decision_);
  }
  decision_.reset();
  early_.reset();
}

void CoverageCollector::beat(const WeightBeat& beat) {
  beats_ += beat.count > 0 ? 1 : 0;
  if (beat.last != 0) {
    const std::size_t fill = beat.count == 0 ? 0 : beat.count >= params_.lanes ? 1 : 2;
    present().hit(Cover::batch, std::min<std::uint64_t>(beats_, 2), fill);
    beats_ = 0;
  }
}

void CoverageCollector::issued(const GroupsIssued& event) {
  for (const BlockFlags& flags : *event.flags) {
    present().hit(Cover::flags, flag_pattern(runs_of(flags)));
  }
}

void CoverageCollector::kernels(std::uint64_t none, std::uint64_t one, std::uint64_t several) {
  present().hit(Cover::rows, 0, 0, none);
  present().hit(Cover::rows, 1, 0, one);
  present().hit(Cover::rows, 2, 0, several);
}

/// All before Idle has been told.
void CoverageCollector::settle(Cycle idle) {
  for (const std::unique_ptr<StreamCover>& stream : streams_) {
    for (const Cycle cycle : stream->take_stalls()) {
      present().hit(Cover::stall_state, static_cast<std::size_t>(stream->stream()),
                    state_at(cycle));
    }
  }
  settle_reads();
  settle_refreshes(idle);
  fetches_.clear();
  is_booted_ = true;
  finished_ = run_;
}

/// Answers may come in another order than their requests, but as many as these.
void CoverageCollector::settle_reads() {
  std::sort(began_.begin(), began_.end());
  std::sort(ended_.begin(), ended_.end());
  std::size_t answered = 0;
  for (std::size_t i = 0; i < began_.size(); ++i) {
    while (answered < ended_.size() && ended_[answered] <= began_[i]) {
      ++answered;
    }
    const std::size_t in_flight = i + 1 - answered;
    const std::size_t bin = in_flight >= params_.outstanding_reads ? 2 : in_flight > 1 ? 1 : 0;
    present().hit(Cover::reads, bin, state_at(began_[i]));
  }
  began_.clear();
  ended_.clear();
}

/// Some may have been told ahead; those in Idle settle the memory.
void CoverageCollector::settle_refreshes(Cycle idle) {
  std::vector<Cycle> later;
  for (const Cycle cycle : refreshes_) {
    if (cycle >= idle) {
      later.push_back(cycle);
      continue;
    }
    if (state_at(cycle) == static_cast<std::size_t>(ControllerState::idle)) {
      continue;
    }
    std::size_t fetched = kNothing;
    for (const Fetch& fetch : fetches_) {
      if (fetch.begin <= cycle && cycle < fetch.end) {
        fetched = fetched_in(fetch.state);
      }
    }
    present().hit(Cover::refresh, fetched);
  }
  refreshes_ = std::move(later);
}

/// Before the first: that one.
std::size_t CoverageCollector::state_at(Cycle cycle) const {
  auto next =
      std::upper_bound(states_.begin(), states_.end(), cycle,
                       [](Cycle at, const StateEntered& entered) { return at < entered.cycle; });
  return static_cast<std::size_t>((next == states_.begin() ? next : next - 1)->state);
}

}  // namespace airnn
