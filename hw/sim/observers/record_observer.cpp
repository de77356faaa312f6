// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/record_observer.h"

#include <utility>

#include "hw/compute/mac/layer_schedule.h"
#include "hw/sim/counted_actions.h"
#include "sw/format/unit_names.h"

namespace airnn {

namespace {

RecordedMachine recorded_machine(const AcceleratorParams& params, const MemoryImage& image) {
  const Network& network = image.network();
  RecordedMachine recorded;
  recorded.iterations = image.info().iterations;
  recorded.input_words = static_cast<std::uint64_t>(network.input.size());
  recorded.classes = static_cast<std::uint64_t>(network.classes());
  for (const Layer& layer : network.layers) {
    recorded.reset_bits.push_back(static_cast<std::uint64_t>(layer.kernels) *
                                  static_cast<std::uint64_t>(layer.columns));
    recorded.sources.push_back({layer.source, layer.skip});
  }
  recorded.inputs_per_batch = params.controller.group.inputs_per_batch;
  recorded.counted = counted_actions(params, network);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    if (network.layers[i].match_rows > 0) {
      const LayerSchedule schedule(network.layers[i], params.parallelism[i], params.handoff);
      recorded.boot_rows += network.layers[i].match_rows * schedule.multipliers();
    }
  }
  return recorded;
}

}  // namespace

RecordObserver::RecordObserver(const AcceleratorParams& params, const MemoryImage& image,
                               OnInput on_input)
    : recorder_(recorded_machine(params, image)), on_input_(std::move(on_input)) {}

void RecordObserver::account(Probe<CyclesSpent>& probe, const std::string& unit, bool is_observed) {
  const std::size_t index = recorder_.add_unit(unit, is_observed);
  probe.listen([this, index](const CyclesSpent& e) { recorder_.spent(index, e); });
}

void RecordObserver::account_units(const ObservedRun& run) {
  Accelerator& machine = run.machine;
  account(machine.memory->on_cycles, run.params.memory.unit, machine.memory->has_probes());
  account(machine.controller->on_cycles, kControllerName);
  machine.controller->on_cycles.listen(
      [this](const CyclesSpent& e) { recorder_.controller_spent(e); });
  account(machine.addresses->on_cycles, kAddressesName, machine.addresses->has_probes());
  for (std::size_t i = 0; i < machine.layers.size(); ++i) {
    account(machine.layers[i]->on_cycles, run.image.network().layers[i].name);
    if (machine.layers[i]->has_decompressor()) {
      account(machine.layers[i]->on_decompressor_cycles,
              decompressor_name(run.image.network().layers[i].name));
    }
  }
  account(machine.score->on_cycles, kScoreName, machine.score->has_probes());
}

void RecordObserver::attach(const ObservedRun& run) {
  Accelerator& machine = run.machine;
  account_units(run);
  machine.controller->on_state.listen([this](const StateEntered& e) { recorder_.entered(e); });
  machine.controller->on_fetch.listen([this](const FetchDone& e) { recorder_.fetched(e); });
  machine.addresses->on_placed.listen([this](const WordsPlaced& e) { recorder_.placed(e); });
  machine.score->on_decided.listen([this](const ScoreDecided& e) { recorder_.decided(e); });
  machine.controller->on_input.listen([this](const InputDone& e) {
    const std::vector<InputRecord>& inputs = recorder_.record().inputs;
    const std::size_t before = inputs.size();
    recorder_.done(e);
    for (std::size_t i = before; on_input_ && i < inputs.size(); ++i) {
      on_input_(inputs[i]);
    }
  });
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    layer->on_reset.listen([this](const BufferReset& e) { recorder_.reset(e); });
    layer->on_expanded.listen([this](const LinesExpanded& e) { recorder_.expanded(e); });
    layer->on_done.listen([this](const LayerDone& e) { recorder_.computed(e); });
  }
}

}  // namespace airnn
