// SPDX-License-Identifier: Apache-2.0
#include "testbenches/reference/controller_twin.h"

namespace airnn::test {

ControllerTwin::ControllerTwin(const Jobs& jobs, FetchTwin& fetch, ControllerStreams& streams,
                               MachineTrace& trace)
    : jobs_(jobs), fetch_(fetch), streams_(streams), trace_(trace) {
  enter(boot, 0);
  begin_fetch(jobs_.directory, 0, nullptr, nullptr);
}

void ControllerTwin::step(Cycle t) {
  while (advance(t)) {
  }
  account(t);
}

void ControllerTwin::enter(State state, Cycle t) {
  state_ = state;
  entered_ = t;
  trace_.states.emplace_back(t, static_cast<int>(state), job_.input, iteration_);
}

void ControllerTwin::control(int kind, Cycle t) {
  streams_.control.push(t, 1, {kind, job_.input, iteration_});
}

/// True if a state ended in this cycle, so that the next begins in it.
bool ControllerTwin::advance(Cycle t) {
  switch (state_) {
    case boot:
      if (!fetch_is_over(t)) {
        return false;
      }
      if (!booted_directory_) {
        booted_directory_ = true;
        begin_fetch(jobs_.biases, t, &streams_.weights, nullptr);
        return true;
      }
      if (jobs_.biases.words() > 0) {
        if (!streams_.placed.can_pop(t)) {
          return false;
        }
        streams_.placed.pop(t);
      }
      enter(idle, t);
      return true;
    case idle:
      if (t < entered_ || !streams_.jobs.can_pop(t)) {
        return false;
      }
      begin_group(streams_.jobs.pop(t));
      iteration_ = 1;
      begin_iteration();
      enter(reset, t);
      control(0, t);
      return true;
    case reset:
      if (t < entered_ + 1) {
        return false;
      }
      begin_turn(t);
      return true;
    case load_input:
      if (load_waits_) {
        if (!fetch_is_over(t)) {
          return false;
        }
        load_waits_ = false;
        prefetch_is_over_ = true;
        begin_fetch(jobs_.input(job_.address), t, nullptr, &streams_.input_bursts);
      }
      if (!fetch_is_over(t) || !streams_.input_bursts.all_free(t)) {
        return false;
      }
      group_[turn_].must_load = false;
      begin_turn(t);
      return true;
    case fetch_batch:
      if (!fetch_is_over(t)) {
        return false;
      }
      enter(drain, t);
      return true;
    case drain:
      if (jobs_.batches[iteration_ - 1].words() > 0) {
        if (!streams_.placed.can_pop(t)) {
          return false;
        }
        streams_.placed.pop(t);
      }
      enter(configure, t);
      configured_ = kNever;
      if (!jobs_.tables[iteration_ - 1].arrays.empty()) {
        begin_fetch(jobs_.tables[iteration_ - 1], t, nullptr, nullptr);
      }
      return true;
    case configure:
      if (configured_ == kNever) {
        if (!jobs_.tables[iteration_ - 1].arrays.empty() && !fetch_is_over(t)) {
          return false;
        }
        control(1, t);
        configured_ = t;
      }
      if (t < configured_ + 1) {
        return false;
      }
      is_configured_ = true;
      begin_turn(t);
      return true;
    case compute:
      if (!streams_.outputs.can_pop(t)) {
        prefetch(t);
        return false;
      }
      streams_.outputs.pop(t);
      enter(await, t);
      return true;
    case await:
      if (!streams_.decision.can_pop(t)) {
        prefetch(t);
        return false;
      }
      decision_ = streams_.decision.pop(t);
      if (decision_.terminate) {
        group_[turn_].goes_on = false;
        enter(finish, t);
        if (group_ends()) {
          give_up_prefetch(t);
        }
        return true;
      }
      go_on(t);
      return true;
    case finish:
      if (group_ends()) {
        if (prefetching_ && !prefetch_is_settled(t)) {
          return false;
        }
        prefetching_ = false;
      }
      if (pushed_result_ == kNever && streams_.results.can_push(t)) {
        streams_.results.push(t, 1, {decision_.score, decision_.prediction, iteration_});
        pushed_result_ = t;
      }
      if (pushed_result_ == kNever || t < pushed_result_ + 1) {
        prefetch(t);
        return false;
      }
      pushed_result_ = kNever;
      if (group_ends()) {
        enter(idle, t);
      } else {
        go_on(t);
      }
      return true;
  }
  return false;
}

void ControllerTwin::begin_group(const ControllerStreams::Job& job) {
  group_.clear();
  for (std::uint32_t i = 0; i < job.count; ++i) {
    Member member;
    member.job = {job.address + i * jobs_.map_pitch, job.input + i, 1};
    group_.push_back(member);
  }
}

bool ControllerTwin::group_ends() const {
  for (const Member& member : group_) {
    if (member.goes_on) {
      return false;
    }
  }
  return true;
}

/// The first input_buffers inputs that go on keep their maps; what was not kept is loaded again.
void ControllerTwin::begin_iteration() {
  is_configured_ = false;
  std::uint32_t going_on = 0;
  for (Member& member : group_) {
    if (member.goes_on) {
      member.must_load = !member.is_kept;
      member.is_kept = going_on < jobs_.input_buffers;
      ++going_on;
    }
  }
  turn_ = 0;
  while (!group_[turn_].goes_on) {
    ++turn_;
  }
  job_ = group_[turn_].job;
}

void ControllerTwin::begin_turn(Cycle t) {
  job_ = group_[turn_].job;
  if (group_[turn_].must_load) {
    enter(load_input, t);
    load_waits_ = prefetching_ && !prefetch_is_over_;
    if (!load_waits_) {
      begin_fetch(jobs_.input(job_.address), t, nullptr, &streams_.input_bursts);
    }
  } else if (!is_configured_) {
    enter(fetch_batch, t);
    begin_fetch(jobs_.batches[iteration_ - 1], t, &streams_.weights, nullptr);
  } else {
    enter(compute, t);
    control(2, t);
    if (jobs_.prefetch && !prefetching_ && iteration_ < jobs_.batches.size()) {
      begin_fetch(jobs_.batches[iteration_], t + 1, &streams_.weights, nullptr);
      prefetching_ = true;
      prefetch_is_over_ = false;
    }
  }
}

/// The next input of the iteration, or the next iteration.
void ControllerTwin::go_on(Cycle t) {
  for (std::size_t next = turn_ + 1; next < group_.size(); ++next) {
    if (group_[next].goes_on) {
      turn_ = next;
      begin_turn(t);
      return;
    }
  }
  ++iteration_;
  begin_iteration();
  enter(fetch_batch, t);
  if (!prefetching_) {
    begin_fetch(jobs_.batches[iteration_ - 1], t, &streams_.weights, nullptr);
  }
  prefetching_ = false;
}

void ControllerTwin::begin_fetch(const FetchJob& job, Cycle t, StreamTwin<BeatTwin>* weights,
                                 StreamTwin<int>* input) {
  running_ = job;
  to_weights_ = weights;
  to_input_ = input;
  fetch_begin_ = t;
  fetch_end_ = kNever;
  beats_ = 0;
  words_sent_ = 0;
  fetch_.begin(running_);
}

bool ControllerTwin::fetch_is_over(Cycle t) {
  if (fetch_end_ != kNever) {
    return t >= fetch_end_;
  }
  const bool slot_is_free = (to_weights_ == nullptr || to_weights_->can_push(t)) &&
                            (to_input_ == nullptr || to_input_->can_push(t));
  const FetchTwin::Step step = fetch_.step(t, slot_is_free);
  if (step.read.has_value()) {
    trace_.reads.emplace_back(t, *step.read);
  }
  if (step.beat.has_value()) {
    ++beats_;
    words_sent_ += step.beat->count;
    if (to_weights_ != nullptr) {
      to_weights_->push(t, 1, *step.beat);
    }
    if (to_input_ != nullptr) {
      to_input_->push(t, 1, 0);
    }
  }
  if (step.read.has_value() || step.beat.has_value()) {
    fetch_worked_ = t;
  }
  if (step.refused) {
    fetch_refused_ = t;
  }
  if (step.ended) {
    fetch_end_ = t + 1;
    const bool has_words = to_weights_ != nullptr;
    trace_.fetches.emplace_back(fetch_begin_, fetch_end_, has_words ? running_.words() : 0, beats_);
  }
  return false;
}

void ControllerTwin::prefetch(Cycle t) {
  if (prefetching_ && t >= fetch_begin_) {
    fetch_is_over(t);
  }
}

void ControllerTwin::give_up_prefetch(Cycle t) {
  if (!prefetching_) {
    return;
  }
  const bool runs = !prefetch_is_over_ && fetch_end_ == kNever;
  acknowledgement_due_ =
      prefetch_is_over_ ? jobs_.batches[iteration_].words() > 0 : words_sent_ > 0;
  closing_beat_due_ = runs && words_sent_ > 0;
  if (runs) {
    trace_.fetches.emplace_back(fetch_begin_, t, words_sent_, beats_);
  }
}

bool ControllerTwin::prefetch_is_settled(Cycle t) {
  if (closing_beat_due_ && streams_.weights.can_push(t)) {
    BeatTwin closing;
    closing.last = true;
    streams_.weights.push(t, 1, closing);
    closing_beat_due_ = false;
  }
  if (!fetch_.nothing_in_flight(t)) {
    return false;
  }
  if (acknowledgement_due_) {
    if (!streams_.placed.can_pop(t)) {
      return false;
    }
    streams_.placed.pop(t);
    acknowledgement_due_ = false;
  }
  return true;
}

/// Which of the four this cycle is.
void ControllerTwin::account(Cycle t) {
  ActivityTwin& activity = trace_.controller;
  switch (state_) {
    case reset:
      ++activity.working;
      break;
    case configure:
      ++(configured_ == t || fetch_worked_ == t ? activity.working : activity.waiting_for_input);
      break;
    case finish:
      ++(pushed_result_ == t            ? activity.working
         : prefetching_ && group_ends() ? activity.waiting_for_input
                                        : activity.waiting_for_credit);
      break;
    case boot:
    case load_input:
    case fetch_batch:
    case compute:
    case await:
      if (fetch_worked_ == t) {
        ++activity.working;
      } else if (fetch_refused_ == t) {
        ++activity.waiting_for_credit;
      } else {
        ++activity.waiting_for_input;
      }
      break;
    case drain:
      ++activity.waiting_for_input;
      break;
    case idle:
      break;
  }
}

}  // namespace airnn::test
