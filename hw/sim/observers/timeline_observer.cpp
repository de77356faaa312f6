// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/timeline_observer.h"

#include <map>
#include <utility>

namespace airnn {

namespace {

TimelineParams timeline_params(const ObservedRun& run) {
  const Network& network = run.image.network();
  TimelineParams params;
  params.period_ps = run.params.fabric_period_ps;
  params.first_input = run.params.first_input;
  params.memory = run.params.memory.unit;
  params.score_fraction_bits =
      score_fraction_bits(network.output_layer().output_format.fraction_bits, run.params.score);
  for (const Layer& layer : network.layers) {
    params.layers.push_back(layer.name);
  }
  return params;
}

}  // namespace

TimelineObserver::TimelineObserver(std::string path, LinkInsight* link)
    : path_(std::move(path)), link_(link) {}

void TimelineObserver::attach(const ObservedRun& run) {
  timeline_ = std::make_unique<Timeline>(path_, timeline_params(run));
  Timeline* timeline = timeline_.get();
  if (link_ != nullptr) {
    link_->show(*timeline, run);
  }
  attach_decompressors(run);
  Accelerator& machine = run.machine;
  machine.memory->on_cycles.listen([timeline](const CyclesSpent& e) { timeline->memory_spent(e); });
  auto& controller = *machine.controller;
  controller.on_state.listen([timeline](const StateEntered& e) { timeline->entered(e); });
  controller.on_cycles.listen([timeline](const CyclesSpent& e) { timeline->controller_spent(e); });
  controller.on_read.listen([timeline](const ReadIssued& e) { timeline->requested(e); });
  controller.on_burst.listen([timeline](const BurstArrived& e) { timeline->arrived(e); });
  machine.addresses->on_beat.listen([timeline](const BeatPlaced& e) { timeline->placed(e); });
  for (const std::unique_ptr<LayerUnit>& layer : machine.layers) {
    layer->on_done.listen([timeline](const LayerDone& e) { timeline->computed(e); });
  }
  machine.score->on_decided.listen([timeline](const ScoreDecided& e) { timeline->decided(e); });
}

void TimelineObserver::attach_decompressors(const ObservedRun& run) {
  const std::vector<Layer>& layers = run.image.network().layers;
  std::map<std::uint32_t, std::string> names;
  for (std::uint32_t i = 0; i < layers.size(); ++i) {
    if (run.machine.layers[i]->has_decompressor()) {
      names[i] = layers[i].name;
    }
  }
  if (names.empty()) {
    return;
  }
  decompressors_ = std::make_unique<DecompressorRows>(names, run.params.fabric_period_ps);
  timeline_->show(*decompressors_);
  for (const auto& [layer, name] : names) {
    run.machine.layers[layer]->on_expanded.listen(
        [this](const LinesExpanded& e) { decompressors_->expanded(e); });
  }
}

void TimelineObserver::commit() {
  timeline_->commit();
}

}  // namespace airnn
