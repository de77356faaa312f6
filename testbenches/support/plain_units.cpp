// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/plain_units.h"

#include <algorithm>
#include <utility>

namespace airnn::test {

PlainAddresses::PlainAddresses(const sc_core::sc_module_name& module_name,
                               const BufferAddressCalculationParams& params,
                               const ClockDomain& clock, Alter alter)
    : AddressPorts(module_name, clock, params.weighted_layers(), params.latency_cycles),
      params_(params),
      alter_(std::move(alter)),
      in_flight_(out_placed.size()) {
  std::size_t port = 0;
  for (const BufferMap& map : params_.layers) {
    ports_.push_back(map.slots() > 0 ? port++ : 0);
  }
  SC_HAS_PROCESS(PlainAddresses);
  SC_METHOD(step);
  dont_initialize();
  sensitive << in_weights.arrival_event() << timer_.event() << out_batch_placed.credit_event();
  for (StreamOut<PlacedWeights>& out : out_placed) {
    sensitive << out.credit_event();
  }
}

void PlainAddresses::step() {
  const Cycle t = clock_.now();
  if (in_weights.can_pop() && t >= next_ && place()) {
    next_ = t + 1;
    timer_.set(next_);
  }
  acknowledge();
}

bool PlainAddresses::place() {
  const WeightBeat beat = in_weights.front();
  for (std::uint32_t i = 0; i < beat.count; ++i) {
    if (!out_placed[ports_[beat.words[i].layer]].can_push()) {
      return false;
    }
  }
  for (std::uint32_t i = 0; i < beat.count;) {
    const std::uint32_t layer = beat.words[i].layer;
    const std::size_t port = ports_[layer];
    Words words;
    for (; i < beat.count && beat.words[i].layer == layer; ++i) {
      const WeightWord& word = beat.words[i];
      words.push_back({params_.layers[layer].slot(word.row, word.column), word.value});
      if (alter_) {
        alter_(placed_, words.back());
      }
      ++placed_;
    }
    in_flight_[port].push_back(std::move(words));
    if (in_flight_[port].size() > out_placed[port].slots()) {
      in_flight_[port].pop_front();
    }
    const Words& sent = in_flight_[port].back();
    out_placed[port].push(
        {sent.data(), static_cast<std::uint32_t>(sent.size()), 0, 0, beat.valid_from},
        params_.latency_cycles);
  }
  batch_words_ += beat.count;
  has_ended_ = beat.last != 0;
  in_weights.pop();
  return true;
}

void PlainAddresses::acknowledge() {
  const bool are_placed = has_ended_ && std::all_of(out_placed.begin(), out_placed.end(),
                                                    [](auto& out) { return out.idle(); });
  if (are_placed && out_batch_placed.can_push()) {
    out_batch_placed.push({batch_words_}, 1);
    batch_words_ = 0;
    has_ended_ = false;
  }
}

PlainScore::PlainScore(const sc_core::sc_module_name& module_name,
                       const ScoreCalculationParams& params, const ClockDomain& clock, Alter alter)
    : ScorePorts(module_name, clock), params_(params), alter_(std::move(alter)) {
  SC_HAS_PROCESS(PlainScore);
  SC_METHOD(step);
  dont_initialize();
  sensitive << in_outputs.arrival_event() << out_decision.credit_event() << timer_.event();
}

void PlainScore::step() {
  const Cycle t = clock_.now();
  if (!decision_ && in_outputs.can_pop() && out_decision.can_push()) {
    const FeatureMap& map = in_outputs.front();
    const ScoreMargin margin =
        score_margin(map.data, params_.classes, params_.fraction_bits, params_.mode);
    const bool ends =
        map.iteration >= params_.iterations ||
        (margin.score >= params_.threshold && map.iteration >= params_.min_iterations);
    decision_ = Decision{margin.score, margin.prediction, ends ? 1U : 0U, map.input, map.iteration};
    if (alter_) {
      alter_(*decision_);
    }
    due_ = t + params_.latency_cycles() - 1;
    in_outputs.pop();
  }
  if (!decision_) {
    return;
  }
  if (t < due_) {
    timer_.set(due_);
    return;
  }
  out_decision.push(*decision_, 1);
  decision_.reset();
}

}  // namespace airnn::test
