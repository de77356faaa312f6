// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_score_pins.h"

#include <algorithm>

namespace airnn {

namespace {

/// From fraction bits of the outputs to the shift behind log2(e), with 30, to exponents with 26.
constexpr int kShiftOfIntegers = 4;

}  // namespace

RtlScorePins::RtlScorePins(const RtlModel& model)
    : classes(model.width("in_outputs_values") / kOutputBits),
      latency(model.output("rtl_latency", kLatencyBits).get()),
      has_softmax(model.output("rtl_softmax", 1).is_set()),
      busy(model.output("busy", 1)),
      error(model.output("error", 1)),
      threshold(model.input("cfg_threshold", kScoreBits)),
      min_iterations(model.input("cfg_min_iterations", kIterationBits)),
      iterations(model.input("cfg_iterations", kIterationBits)),
      shift(model.input("cfg_shift", kShiftBits)),
      outputs_valid(model.input("in_outputs_valid", 1)),
      outputs_ready(model.output("in_outputs_ready", 1)),
      outputs_values(model.input("in_outputs_values", classes * kOutputBits)),
      outputs_input(model.input("in_outputs_input", kInputBits)),
      outputs_iteration(model.input("in_outputs_iteration", kIterationBits)),
      decision_valid(model.output("out_decision_valid", 1)),
      decision_credit(model.input("out_decision_credit", 1)),
      decision_score(model.output("out_decision_score", kScoreBits)),
      decision_prediction(model.output("out_decision_prediction", kClassBits)),
      decision_terminate(model.output("out_decision_terminate", 1)),
      decision_input(model.output("out_decision_input", kInputBits)),
      decision_iteration(model.output("out_decision_iteration", kIterationBits)) {}

void RtlScorePins::check(const RtlModel& model, ScoreMode mode, std::size_t machine_classes,
                         Cycle softmax_cycles, Cycle margin_cycles) const {
  const RtlLibrary& library = model.library();
  if (machine_classes != classes) {
    library.fail("the network has " + std::to_string(machine_classes) +
                 " classes; the RTL was built for " + std::to_string(classes) +
                 " (airnn rtl build -G CLASSES=" + std::to_string(machine_classes) + ")");
  }
  const bool wants_softmax = mode == ScoreMode::softmax;
  if (wants_softmax != has_softmax) {
    library.fail(std::string("the run has score: ") + (wants_softmax ? "softmax" : "raw") +
                 "; the RTL was built for " + (has_softmax ? "softmax" : "raw"));
  }
  const Cycle machine = margin_cycles + (wants_softmax ? softmax_cycles : 0);
  if (machine == latency) {
    return;
  }
  if (latency < (wants_softmax ? 2U : 1U)) {
    library.fail("pin rtl_latency says " + std::to_string(latency) +
                 "; expected a cycle for the margin and, of a softmax, one for that");
  }
  const std::string of_raw = "expected accelerator.margin_cycles: " + std::to_string(latency);
  const Cycle margin = std::min<Cycle>(margin_cycles, latency - 1);
  const std::string of_softmax =
      "expected accelerator.softmax_cycles: " + std::to_string(latency - margin) +
      " with margin_cycles: " + std::to_string(margin);
  library.fail("the machine's decision takes " + std::to_string(machine) + " cycles, the RTL's " +
               std::to_string(latency) + "; " + (wants_softmax ? of_softmax : of_raw));
}

void RtlScorePins::configure(const ScoreCalculationParams& params) {
  constexpr int kMostShift = (1 << kShiftBits) - 1;
  threshold.put_wide(static_cast<std::uint64_t>(params.threshold));
  min_iterations.put(params.min_iterations);
  iterations.put(params.iterations);
  // More would shift out as much: a product has 63 bits.
  shift.put(
      static_cast<std::uint32_t>(std::min(params.fraction_bits + kShiftOfIntegers, kMostShift)));
}

void RtlScorePins::drive(const FeatureMap* outputs) {
  outputs_valid.put(outputs != nullptr ? 1 : 0);
  outputs_input.put(outputs != nullptr ? outputs->input : 0);
  outputs_iteration.put(outputs != nullptr ? outputs->iteration : 0);
  for (std::uint32_t i = 0; i < classes; ++i) {
    outputs_values.put_field(i, kOutputBits,
                             outputs != nullptr ? static_cast<std::uint32_t>(outputs->data[i]) : 0);
  }
}

Decision RtlScorePins::decision() const {
  Decision decision;
  decision.score = static_cast<std::int64_t>(decision_score.get_wide());
  decision.prediction = decision_prediction.get();
  decision.terminate = decision_terminate.get();
  decision.input = decision_input.get();
  decision.iteration = decision_iteration.get();
  return decision;
}

}  // namespace airnn
