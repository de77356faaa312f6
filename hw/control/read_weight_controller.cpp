// SPDX-License-Identifier: Apache-2.0
#include "hw/control/read_weight_controller.h"

#include "hw/common/check.h"

namespace airnn {

ReadWeightController::ReadWeightController(const sc_core::sc_module_name& module_name,
                                           const ReadWeightControllerParams& params,
                                           const ClockDomain& clock, const FetchPlanner& planner,
                                           unsigned controlled)
    : ControllerPorts(module_name, clock, controlled),
      memory("memory", clock_, params.fetch.outstanding_reads),
      params_(params),
      contents_(planner),
      runner_(name(), params.fetch, clock_, {memory, out_weights, out_input}, {on_read, on_burst},
              timer_, [this](const FetchDone& done) { end_fetch(done); }),
      early_(runner_, timer_),
      units_(name(), out_control, contents_),
      group_(params.group) {
  SC_HAS_PROCESS(ReadWeightController);
  SC_METHOD(advance);
  sensitive << timer_.event() << memory.answer_event() << in_jobs.arrival_event()
            << in_placed.arrival_event() << in_outputs.arrival_event()
            << in_decision.arrival_event() << out_weights.credit_event() << out_input.credit_event()
            << out_results.credit_event();
  if (params_.links_are_shared) {
    for (StreamOut<ControlMessage>& out : out_control) {
      sensitive << out.credit_event();
    }
  }
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

/// One state's share. True: the next state begins at t; false: an event is awaited. What was
/// computed ahead of the kernel's time ends when that time has come.
bool ReadWeightController::advance_state(Cycle& t) {
  switch (state_) {
    case ControllerState::boot:
      return boot(t);
    case ControllerState::idle:
      return take_job(t);
    case ControllerState::reset_buffers:
      if (!units_obey(ControlKind::reset, t)) {
        return false;
      }
      begin_turn(t);
      return true;
    case ControllerState::load_input:
      return load_input(t);
    case ControllerState::fetch_batch:
      if (!fetch_ends(t)) {
        return false;
      }
      early_.end();
      enter(ControllerState::drain, t);
      return true;
    case ControllerState::drain:
      if (!is_placed(batch_words_, "the batch has")) {
        return false;
      }
      enter(ControllerState::configure, t);
      // The tables are read when the batch is in its buffers, just before they are needed.
      if (contents_.has_tables(iteration_)) {
        runner_.begin(contents_.tables(iteration_), t);
      }
      return true;
    case ControllerState::configure:
      if (!fetch_ends(t)) {
        return false;
      }
      if (t > clock_.now()) {
        return true;
      }
      if (!units_obey(ControlKind::configure, t)) {
        return false;
      }
      is_configured_ = true;
      begin_turn(t);
      return true;
    case ControllerState::compute:
      return compute(t);
    case ControllerState::await_decision:
      return follow_decision(t);
    case ControllerState::finish:
      return finish(t);
  }
  return false;
}

bool ReadWeightController::boot(Cycle& t) {
  if (runner_.content() == nullptr) {
    on_state.emit({t, state_, 0, 0});
    runner_.begin(contents_.directory(), t);
  }
  if (runner_.content() == &contents_.directory()) {
    if (!fetch_ends(t)) {
      return false;
    }
    runner_.begin(contents_.biases(), t);
    return true;
  }
  if (!fetch_ends(t)) {
    return false;
  }
  if (t > clock_.now()) {
    return true;
  }
  placed_ = placed_ || is_placed(runner_.words(), "the image has biases");
  if (!placed_ || !links_rest(t)) {
    return false;
  }
  enter(ControllerState::idle, t);
  return true;
}

bool ReadWeightController::take_job(Cycle& t) {
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
  group_.begin(in_jobs.pop());
  group_.begin_iteration();
  job_ = group_.present();
  input_begin_ = t;
  iteration_ = 1;
  is_configured_ = false;
  enter(ControllerState::reset_buffers, t);
  return true;
}

/// The input whose turn it is needs its map, and then the iteration's batch.
void ReadWeightController::begin_turn(Cycle t) {
  job_ = group_.present();
  if (!group_.is_loaded()) {
    enter(ControllerState::load_input, t);
    waits_to_load_ = early_.is_fetching(t);
    if (!waits_to_load_) {
      begin_load(t);
    }
  } else if (is_configured_) {
    enter(ControllerState::compute, t);
    started_ = false;
  } else {
    enter(ControllerState::fetch_batch, t);
    fetch_next_batch(t);
  }
}

void ReadWeightController::begin_load(Cycle t) {
  runner_.begin_input(contents_.input_map(job_.address), t, group_.place());
}

bool ReadWeightController::load_input(Cycle& t) {
  if (waits_to_load_) {
    early_.step(t);
    if (early_.is_fetching(t)) {
      early_.wake_at_end();
      return false;
    }
    waits_to_load_ = false;
    begin_load(t);
  }
  if (!fetch_ends(t)) {
    return false;
  }
  if (t > clock_.now()) {
    return true;
  }
  if (!out_input.idle()) {
    return false;
  }
  group_.loaded();
  begin_turn(t);
  return true;
}

/// What was fetched early is there already, or still comes.
void ReadWeightController::fetch_next_batch(Cycle t) {
  if (!early_.begun()) {
    runner_.begin(contents_.batch(iteration_), t);
  } else if (std::optional<FetchDone> done = early_.take()) {
    done->iteration = iteration_;
    batch_words_ = done->words;
    on_fetch.emit(*done);
  }
}

bool ReadWeightController::compute(Cycle t) {
  if (!started_) {
    units_.start(job_, iteration_, group_.place());
    started_ = true;
    if (batch_follows() && !early_.begun()) {
      early_.begin(iteration_ + 1, contents_.batch(iteration_ + 1), t + 1);
    }
  }
  if (!in_outputs.can_pop()) {
    early_.step(t);
    return false;
  }
  in_outputs.pop();
  enter(ControllerState::await_decision, t);
  return true;
}

bool ReadWeightController::follow_decision(Cycle t) {
  if (!in_decision.can_pop()) {
    early_.step(t);
    return false;
  }
  decision_ = in_decision.pop();
  if (decision_.terminate == 0) {
    go_on(t);
    return true;
  }
  group_.leave();
  enter(ControllerState::finish, t);
  if (group_.going_on() == 0) {
    end_early_fetch(t);
  }
  return true;
}

/// The turn is the next input's; behind the last, the next iteration begins.
void ReadWeightController::go_on(Cycle t) {
  if (!group_.pass_turn()) {
    ++iteration_;
    is_configured_ = false;
    group_.begin_iteration();
    job_ = group_.present();
    enter(ControllerState::fetch_batch, t);
    fetch_next_batch(t);
    return;
  }
  begin_turn(t);
}

/// What is under way for the others of the group goes on.
bool ReadWeightController::finish(Cycle& t) {
  const bool ends_group = group_.going_on() == 0;
  if (!ends_group) {
    early_.step(t);
  }
  if (!cycles_.is_settled()) {
    if (ends_group && !settle_early_fetch(t)) {
      return false;
    }
    cycles_.settled(t);
  }
  if (ends_group && !links_rest(t)) {
    return false;
  }
  if (!out_results.can_push()) {
    return false;
  }
  const InputJob job = job_;
  const std::uint32_t iterations = iteration_;
  out_results.push({decision_.score, job.input, decision_.prediction, iterations}, 1);
  t += 1;
  if (ends_group) {
    enter(ControllerState::idle, t);
  } else {
    go_on(t);
  }
  on_input.emit({input_begin_, t, job.input, decision_.prediction, iterations, group_.going_on()});
  return true;
}

void ReadWeightController::enter(ControllerState state, Cycle t) {
  const auto [working, blocked] = runner_.take_cycles(t);
  if (const std::optional<CyclesSpent> spent = cycles_.end(state_, t, working, blocked)) {
    on_cycles.emit(*spent);
  }
  state_ = state;
  cycles_.begin(t);
  on_state.emit({t, state, job_.input, iteration_});
}

/// Buffer Address Calculation has placed what the fetch brought.
bool ReadWeightController::is_placed(std::uint64_t words, const char* batch) {
  if (words == 0) {
    return true;
  }
  if (!in_placed.can_pop()) {
    return false;
  }
  MODEL_CHECK(in_placed.pop().words == words, name(),
              std::string("another number of words was placed than ") + batch);
  return true;
}

/// All units have the message: in the next cycle, or when the last of them has taken it.
bool ReadWeightController::units_obey(ControlKind kind, Cycle& t) {
  if (!cycles_.has_sent()) {
    if (kind == ControlKind::reset) {
      units_.reset(job_, iteration_);
    } else {
      units_.configure(job_, iteration_);
    }
    cycles_.sent(t);
    if (!params_.links_are_shared) {
      t += 1;
      return true;
    }
  }
  return units_.have_obeyed();
}

/// Nothing is on its way between units, so what follows does not depend on what was.
bool ReadWeightController::links_rest(Cycle t) {
  if (!params_.links_are_shared) {
    return true;
  }
  const Cycle rest = units_.settle_links();
  if (rest > t) {
    timer_.set(rest);
  }
  return rest <= t;
}

bool ReadWeightController::batch_follows() const {
  return params_.prefetch == Prefetch::next && iteration_ < contents_.iterations() &&
         (params_.max_iterations == 0 || iteration_ < params_.max_iterations);
}

FetchDone ReadWeightController::of_present_state(FetchDone done) const {
  done.state = state_;
  done.input = job_.input;
  done.iteration = iteration_;
  return done;
}

void ReadWeightController::end_fetch(const FetchDone& fetch) {
  const FetchDone done = of_present_state(fetch);
  if (early_.takes(done, iteration_)) {
    return;
  }
  if (state_ == ControllerState::fetch_batch) {
    batch_words_ = done.words;
  }
  on_fetch.emit(done);
}

/// The input ends, and with it what was fetched for an iteration that does not come.
void ReadWeightController::end_early_fetch(Cycle t) {
  if (!early_.begun()) {
    return;
  }
  std::optional<FetchDone> done = early_.take();
  if (!done) {
    done = of_present_state(runner_.give_up(t));
  }
  batch_words_ = done->words;
  on_fetch.emit(*done);
}

/// Nothing of a needless fetch is under way any more, as the next input's reset demands.
bool ReadWeightController::settle_early_fetch(Cycle t) {
  if (!early_.begun()) {
    return true;
  }
  if (!runner_.settle(t) || !is_placed(batch_words_, "was sent of a batch given up")) {
    return false;
  }
  early_.end();
  return true;
}

std::string ReadWeightController::waiting_for() const {
  std::string text = std::string("in state ") + to_string(state_);
  if (runner_.reads_in_flight() > 0) {
    text += ", " + std::to_string(runner_.reads_in_flight()) + " reads in flight";
  }
  return text;
}

}  // namespace airnn
