// SPDX-License-Identifier: Apache-2.0
#include "hw/top/binding_probes.h"

namespace airnn {

AddressBindings::AddressBindings(AddressPorts& unit, const TapStage& taps, const ClockDomain& clock,
                                 const std::vector<std::uint32_t>& layers, Cycle latency_cycles)
    : latency_cycles_(latency_cycles) {
  for (std::size_t port = 0; port < unit.out_placed.size(); ++port) {
    const std::uint32_t layer = layers[port];
    auto view = std::make_unique<StreamView<PlacedWeights>>(clock);
    view->on_sent.listen(
        [this, layer](const Timed<PlacedWeights>& words) { placed(layer, words); });
    view->on_train.listen(
        [this, layer](const ItemTrain<PlacedWeights>& train) { placed(layer, train); });
    taps.tap(unit.out_placed[port]).add(*view);
    views_.push_back(std::move(view));
  }
}

void AddressBindings::placed(std::uint32_t layer, const Timed<PlacedWeights>& words) {
  on_placed.emit({words.cycle, layer, words.item.count});
  on_beat.emit({words.cycle - latency_cycles_, words.cycle, layer, words.item.count});
}

void AddressBindings::placed(std::uint32_t layer, const ItemTrain<PlacedWeights>& train) {
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < train.count; ++i) {
    const Timed<PlacedWeights> beat = train.at(i);
    words += beat.item.count;
    on_beat.emit({beat.cycle - latency_cycles_, beat.cycle, layer, beat.item.count});
  }
  on_placed.emit({train.last_cycle(), layer, words});
}

ScoreBindings::ScoreBindings(ScorePorts& unit, const TapStage& taps, const ClockDomain& clock)
    : outputs_(clock), decisions_(clock) {
  outputs_.on_taken.listen([this](const Timed<FeatureMap>& map) {
    on_begun.emit({map.cycle});
    taken_.push_back(map.cycle);
    tell();
  });
  decisions_.on_sent.listen([this](const Timed<Decision>& decision) {
    decided_.push_back(decision);
    tell();
  });
  taps.tap_to(unit.in_outputs).add(outputs_);
  taps.tap(unit.out_decision).add(decisions_);
}

/// A unit may decide before it frees the place of the outputs, or after.
void ScoreBindings::tell() {
  while (!taken_.empty() && !decided_.empty()) {
    const Decision& item = decided_.front().item;
    on_decided.emit({decided_.front().cycle, item.score, item.prediction, item.terminate != 0,
                     item.input, item.iteration, taken_.front()});
    taken_.pop_front();
    decided_.pop_front();
  }
}

}  // namespace airnn
