// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_controller.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"

namespace airnn {

namespace {

constexpr unsigned kStreamBits = 2;  ///< of a tag, the lowest

/// In which states begin that begin in one cycle.
constexpr ControllerState kOrder[] = {
    ControllerState::boot,       ControllerState::idle,        ControllerState::reset_buffers,
    ControllerState::load_input, ControllerState::compute,     ControllerState::await_decision,
    ControllerState::finish,     ControllerState::fetch_batch, ControllerState::drain,
    ControllerState::configure};

void check_image(const RtlLibrary& library, const FetchPlanner& planner) {
  const BatchContent batch = planner.batch(1);
  for (const std::vector<FetchRange>& ranges : batch.plan().streams) {
    for (const FetchRange& range : ranges) {
      if (range.kind < SectionKind::dense_value || range.kind > SectionKind::layer) {
        library.fail(
            "the image's weights are encoded in a way that the unit does not read; "
            "expected plain weights");
      }
    }
  }
}

}  // namespace

RtlController::RtlController(const sc_core::sc_module_name& module_name,
                             const ReadWeightControllerParams& params,
                             const RtlControllerNetwork& network, const ClockDomain& clock,
                             const FetchPlanner& planner, unsigned controlled,
                             std::shared_ptr<const RtlLibrary> library, std::uint64_t seed)
    : ControllerPorts(module_name, clock, controlled),
      memory("memory", clock_, params.fetch.outstanding_reads),
      model_(std::move(library), name(), seed),
      pins_(model_) {
  check_image(model_.library(), planner);
  pins_.configure(model_, params, network, planner.directory().bursts()[0]);
  memory.on_complete([this](const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
    take_burst(read, bytes, cycle);
  });
  SC_HAS_PROCESS(RtlController);
  SC_METHOD(step);
  sensitive << timer_.event() << memory.answer_event() << in_jobs.arrival_event()
            << in_placed.arrival_event() << in_outputs.arrival_event()
            << in_decision.arrival_event() << out_weights.credit_event() << out_input.credit_event()
            << out_results.credit_event();
}

void RtlController::start_of_simulation() {
  model_.reset();
  check_model();
  MODEL_CHECK(pins_.is_idle(), name(), "after the reset busy or a valid of the RTL is not 0");
}

void RtlController::check_model() const {
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
}

void RtlController::step() {
  const Cycle t = clock_.now();
  if (t < next_) {  // woken again in a cycle that is done
    timer_.set(next_);
    return;
  }
  drive_inputs(t);
  model_.eval(time_ps());
  if (offer_job(t)) {
    model_.eval(time_ps());
  }
  check_model();
  MODEL_CHECK(!pins_.error.is_set(), name(),
              "the RTL says that what was read cannot be, or that another number of words was "
              "placed than was sent");
  take_inputs();
  follow(t);
  step_fetch(t);
  send(t);
  model_.clock(time_ps());
  check_model();
  next_ = t + 1;
  const Cycle next = next_step(t);
  if (next != kNever) {
    timer_.set(next);
  }
}

/// Also has the next credit of each stream wake the unit.
void RtlController::drive_inputs(Cycle t) {
  const auto credits = [](unsigned& known, unsigned taken) {
    return std::exchange(known, taken) - taken;
  };
  pins_.weights_credit.put(credits(weights_taken_, out_weights.taken()));
  pins_.input_credit.put(credits(input_taken_, out_input.taken()));
  pins_.results_credit.put(credits(results_taken_, out_results.taken()));
  pins_.boot.put(t == 0 ? 1 : 0);
  pins_.drive(static_cast<const InputJob*>(nullptr));
  pins_.drive(in_placed.can_pop() ? &in_placed.front() : nullptr);
  pins_.drive(in_decision.can_pop() ? &in_decision.front() : nullptr);
  pins_.outputs_valid.put(in_outputs.can_pop() ? 1 : 0);
  pins_.request_ready.put(memory.can_request(t) ? 1 : 0);
  pins_.drive_burst(0, nullptr);
  if (!arrivals_.empty() && arrivals_.front().cycle <= t) {
    const Arrival burst = std::move(arrivals_.front());
    arrivals_.pop_front();
    MODEL_CHECK(burst.cycle == t, name(), "several bursts arrive in one cycle; the RTL takes one");
    pins_.drive_burst(burst.tag, burst.bytes.data());
    --reads_in_flight_;
  }
}

/// A job is shown to the RTL when it would take it, and the memory is as it was at first.
bool RtlController::offer_job(Cycle t) {
  if (!pins_.jobs_ready.is_set() || !in_jobs.can_pop()) {
    return false;
  }
  if (!settled_memory_) {
    settled_memory_ = memory.settle();
  }
  if (*settled_memory_ > t) {
    return false;
  }
  settled_memory_.reset();
  pins_.drive(&in_jobs.front());
  return true;
}

void RtlController::take_inputs() {
  if (pins_.jobs_valid.is_set() && pins_.jobs_ready.is_set()) {
    job_ = in_jobs.pop();
  }
  if (pins_.placed_valid.is_set() && pins_.placed_ready.is_set()) {
    in_placed.pop();
  }
  if (pins_.outputs_valid.is_set() && pins_.outputs_ready.is_set()) {
    in_outputs.pop();
  }
  if (pins_.decision_valid.is_set() && pins_.decision_ready.is_set()) {
    decision_ = in_decision.pop();
  }
}

void RtlController::follow(Cycle t) {
  for (const ControllerState state : kOrder) {
    if (pins_.begins(state)) {
      begin_state(state, t);
    }
  }
  if (state_ == ControllerState::finish && pins_.settled.is_set() && !cycles_.is_settled()) {
    cycles_.settled(t);
  }
}

void RtlController::begin_state(ControllerState state, Cycle t) {
  switch (state) {
    case ControllerState::boot:
      on_state.emit({t, state, 0, 0});
      return;
    case ControllerState::idle:
      if (std::exchange(told_idle_, false)) {
        return;
      }
      break;
    case ControllerState::reset_buffers:
      input_begin_ = t;
      iteration_ = 1;
      break;
    case ControllerState::fetch_batch:
      iteration_ += state_ == ControllerState::await_decision ? 1 : 0;
      break;
    default:
      break;
  }
  enter(state, t);
  if (state == ControllerState::fetch_batch && early_) {
    early_->iteration = iteration_;
    on_fetch.emit(*std::exchange(early_, std::nullopt));
  }
  if (state == ControllerState::finish) {
    end_early_fetch(t);
  }
}

void RtlController::enter(ControllerState state, Cycle t) {
  const auto [working, blocked] = account_.take(t);
  if (const std::optional<CyclesSpent> spent = cycles_.end(state_, t, working, blocked)) {
    on_cycles.emit(*spent);
  }
  state_ = state;
  cycles_.begin(t);
  on_state.emit({t, state, job_.input, iteration_});
}

/// The input ends, and with it what was fetched for an iteration that does not come.
void RtlController::end_early_fetch(Cycle t) {
  if (early_) {
    on_fetch.emit(*std::exchange(early_, std::nullopt));
  } else if (fetch_) {
    end_fetch(t);
    account_.give_up();
  }
}

/// In a state of its own; a fetch that ends during a computation is the next iteration's.
void RtlController::end_fetch(Cycle end) {
  FetchDone done = *std::exchange(fetch_, std::nullopt);
  done.end = end;
  done.state = state_;
  done.input = job_.input;
  done.iteration = iteration_;
  if (state_ == ControllerState::compute || state_ == ControllerState::await_decision) {
    early_ = done;
  } else {
    on_fetch.emit(done);
  }
}

void RtlController::step_fetch(Cycle t) {
  if (!pins_.fetching.is_set()) {
    return;
  }
  if (!fetch_) {
    fetch_.emplace();
    fetch_->begin = t;
  }
  const bool requests = pins_.request_valid.is_set() && pins_.request_ready.is_set();
  if (requests) {
    const std::uint32_t tag = pins_.request_tag.get();
    const auto stream = static_cast<FetchStream>(tag & ((1U << kStreamBits) - 1));
    const std::uint64_t address = pins_.request_address();
    ++fetch_->bursts[static_cast<std::size_t>(stream)];
    ++reads_in_flight_;
    memory.request({stream, tag >> kStreamBits}, address, t);
    on_read.emit({t, address, stream});
  }
  if (pins_.beat.is_set()) {
    ++fetch_->beats;
    account_.send(t);
  } else if (pins_.refused.is_set()) {
    account_.refuse(t);
  }
  if (requests || pins_.beat.is_set()) {
    account_.work();
  }
}

void RtlController::take_burst(const FetchRead& read, const std::uint8_t* bytes, Cycle cycle) {
  const auto tag = static_cast<std::uint32_t>(read.burst << kStreamBits) |
                   static_cast<std::uint32_t>(read.stream);
  const auto later = std::find_if(arrivals_.begin(), arrivals_.end(),
                                  [cycle](const Arrival& burst) { return burst.cycle > cycle; });
  arrivals_.insert(later, {cycle, tag, {bytes, bytes + kBurstBytes}});
  on_burst.emit({cycle, read.stream});
}

void RtlController::send(Cycle t) {
  if (pins_.weights_valid.is_set()) {
    in_flight_.push_back(pins_.words());
    if (in_flight_.size() > out_weights.slots()) {
      in_flight_.pop_front();
    }
    const std::vector<WeightWord>& words = in_flight_.back();
    WeightBeat beat;
    beat.words = words.data();
    beat.count = static_cast<std::uint32_t>(words.size());
    beat.last = pins_.weights_last.get();
    beat.valid_from = pins_.weights_valid_from.get();
    if (fetch_) {
      beat.first = fetch_->words;
      fetch_->words += words.size();
    }
    out_weights.push(beat, 1);
    weights_taken_ = out_weights.taken();
  }
  if (pins_.input_valid.is_set()) {
    out_input.push(pins_.input_beat(), 1);
    input_taken_ = out_input.taken();
  }
  if (pins_.tables_valid.is_set()) {
    collect_tables();
  }
  if (pins_.control_valid.is_set()) {
    send_control(t);
  }
  if (pins_.fetched.is_set() && fetch_) {
    end_fetch(t + 1);
  }
  if (pins_.results_valid.is_set()) {
    const InputResult result = {pins_.score(), pins_.results_input.get(),
                                pins_.results_prediction.get(), pins_.results_iterations.get()};
    out_results.push(result, 1);
    results_taken_ = out_results.taken();
    enter(ControllerState::idle, t + 1);
    told_idle_ = true;
    on_input.emit({input_begin_, t + 1, job_.input, result.prediction, result.iterations});
  }
}

void RtlController::collect_tables() {
  if (tables_ == nullptr) {
    tables_ = std::make_shared<Tables>();
  }
  for (const RtlTableEntry& entry : pins_.table_entries()) {
    KernelGroups& groups = (*tables_)[entry.layer];
    MODEL_CHECK(entry.group < groups.size() || entry.group == groups.size(), name(),
                "the RTL tells groups of layer " + std::to_string(entry.layer) +
                    " that do not ascend (P9)");
    groups.resize(std::max<std::size_t>(groups.size(), entry.group + std::size_t{1}));
    groups[entry.group].push_back(entry.kernel);
  }
}

void RtlController::send_control(Cycle t) {
  const auto kind = static_cast<ControlKind>(pins_.control_kind.get());
  if (kind == ControlKind::configure) {
    last_tables_ = std::exchange(present_tables_, std::exchange(tables_, nullptr));
  }
  for (std::size_t i = 0; i < out_control.size(); ++i) {
    MODEL_CHECK(out_control[i].can_push(), name(), "a unit does not take its control messages");
    const KernelGroups* groups = nullptr;
    if (kind == ControlKind::configure && i > 0 && present_tables_ != nullptr) {
      const auto found = present_tables_->find(static_cast<std::uint32_t>(i - 1));
      groups = found == present_tables_->end() ? nullptr : &found->second;
    }
    out_control[i].push({kind, pins_.control_input.get(), pins_.control_iteration.get(), groups, 0},
                        1);
  }
  if (kind != ControlKind::start) {
    cycles_.sent(t);
  }
}

/// The next cycle in which something happens, as far as that is known; events tell of the rest.
Cycle RtlController::next_step(Cycle t) {
  Cycle next = arrivals_.empty() ? kNever : arrivals_.front().cycle;
  if (settled_memory_) {
    next = std::min(next, *settled_memory_);
  }
  pins_.boot.put(0);
  for (RtlPin* const pin :
       {&pins_.jobs_valid, &pins_.placed_valid, &pins_.outputs_valid, &pins_.decision_valid,
        &pins_.response_valid, &pins_.weights_credit, &pins_.input_credit, &pins_.results_credit}) {
    pin->clear();
  }
  pins_.request_ready.put(memory.can_request(t + 1) ? 1 : 0);
  model_.eval(time_ps());
  // A beat that is refused is blocked from that cycle on.
  if (pins_.busy.is_set() || (pins_.refused.is_set() && !account_.is_blocked())) {
    next = t + 1;
  } else if (pins_.request_valid.is_set()) {
    next = std::min(next, memory.channel_free());
  }
  return next;
}

std::string RtlController::waiting_for() const {
  std::string text = std::string("in state ") + to_string(state_);
  if (reads_in_flight_ > 0) {
    text += ", " + std::to_string(reads_in_flight_) + " reads in flight";
  }
  return text;
}

}  // namespace airnn
