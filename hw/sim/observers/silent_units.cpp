// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/silent_units.h"

namespace airnn {

void SilentUnits::attach(const ObservedRun& run) {
  Accelerator& machine = run.machine;
  if (!machine.addresses->has_probes()) {
    std::vector<std::uint32_t> weighted;
    const std::vector<Layer>& layers = run.image.network().layers;
    for (std::uint32_t i = 0; i < layers.size(); ++i) {
      if (layers[i].has_weights()) {
        weighted.push_back(i);
      }
    }
    addresses_ = std::make_unique<AddressBindings>(*machine.addresses, *run.taps, machine.fabric(),
                                                   weighted, run.params.address_latency_cycles);
    addresses_->on_placed.listen(
        [&machine](const WordsPlaced& e) { machine.addresses->on_placed.emit(e); });
    addresses_->on_beat.listen(
        [&machine](const BeatPlaced& e) { machine.addresses->on_beat.emit(e); });
  }
  if (!machine.score->has_probes()) {
    score_ = std::make_unique<ScoreBindings>(*machine.score, *run.taps, machine.fabric());
    score_->on_begun.listen([&machine](const ScoreBegun& e) { machine.score->on_begun.emit(e); });
    score_->on_decided.listen(
        [&machine](const ScoreDecided& e) { machine.score->on_decided.emit(e); });
  }
}

}  // namespace airnn
