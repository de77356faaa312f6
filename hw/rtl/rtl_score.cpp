// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_score.h"

#include <algorithm>
#include <utility>

#include "hw/common/check.h"

namespace airnn {

RtlScore::RtlScore(const sc_core::sc_module_name& module_name, const ScoreCalculationParams& params,
                   const ClockDomain& clock, std::shared_ptr<const RtlLibrary> library,
                   std::uint64_t seed)
    : ScorePorts(module_name, clock),
      params_(params),
      model_(std::move(library), name(), seed),
      pins_(model_) {
  SC_HAS_PROCESS(RtlScore);
  SC_METHOD(step);
  dont_initialize();
  sensitive << in_outputs.arrival_event() << out_decision.credit_event() << timer_.event();
}

void RtlScore::start_of_simulation() {
  pins_.configure(params_);
  model_.reset();
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
  MODEL_CHECK(!pins_.busy.is_set() && !pins_.decision_valid.is_set(), name(),
              "after the reset busy or a valid of the RTL is not 0");
}

void RtlScore::eval() {
  model_.eval(sc_core::sc_time_stamp().value());  // the resolution is a picosecond
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
}

void RtlScore::step() {
  const Cycle t = clock_.now();
  if (t < next_) {  // woken again in a cycle that is done
    timer_.set(next_);
    return;
  }
  drive_credit();
  pins_.drive(in_outputs.can_pop() ? &in_outputs.front() : nullptr);
  eval();
  MODEL_CHECK(!pins_.error.is_set(), name(), "the RTL says that something is wrong");
  if (pins_.decision_valid.is_set()) {
    send_decision(t);
  }
  if (pins_.outputs_valid.is_set()) {
    take_outputs(t);
  }
  model_.clock(sc_core::sc_time_stamp().value());
  MODEL_CHECK(model_.failure().empty(), name(), model_.failure());
  next_ = t + 1;
  if (is_busy()) {
    timer_.set(next_);
  }
}

/// In the next cycle, if nothing comes.
bool RtlScore::is_busy() {
  pins_.drive(nullptr);
  pins_.decision_credit.clear();
  eval();
  return pins_.busy.is_set();
}

/// Also has the next credit wake the unit.
void RtlScore::drive_credit() {
  const unsigned taken = out_decision.taken();
  pins_.decision_credit.put(taken_ - taken);
  taken_ = taken;
}

void RtlScore::take_outputs(Cycle t) {
  if (!pins_.outputs_ready.is_set()) {
    blocked_since_ = std::min(blocked_since_, t);
    return;
  }
  on_begun.emit({t});
  const Cycle latency = params_.latency_cycles();
  const Cycle blocked_from = std::max(blocked_since_, busy_until_);
  on_cycles.emit({t + latency, latency, 0, blocked_from < t ? t - blocked_from : 0});
  blocked_since_ = kNever;
  busy_until_ = t + latency;
  taken_at_ = t;
  in_outputs.pop();
}

void RtlScore::send_decision(Cycle t) {
  const Decision decision = pins_.decision();
  out_decision.push(decision, 1);
  taken_ = out_decision.taken();
  on_decided.emit({t + 1, decision.score, decision.prediction, decision.terminate != 0,
                   decision.input, decision.iteration, taken_at_});
}

}  // namespace airnn
