// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/timeline_observer.h"

#include <utility>

#include "hw/link/noc/mesh_layout.h"

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

MeshTimelineParams mesh_rows(const MeshParams& mesh, std::uint64_t period_ps) {
  MeshTimelineParams params{period_ps, mesh.link_cycles, mesh.virtual_channels, {}};
  const MeshLayout layout(mesh);
  for (unsigned node = 0; node < mesh.nodes(); ++node) {
    const std::string name = std::to_string(node);
    for (const MeshPort port : {MeshPort::north, MeshPort::east, MeshPort::south, MeshPort::west}) {
      params.links.push_back(layout.has_neighbour(node, port)
                                 ? "link " + name + " to " +
                                       std::to_string(layout.neighbour(node, port))
                                 : "");
    }
    params.links.push_back("ejection at " + name);
    params.links.push_back("injection at " + name);
  }
  return params;
}

}  // namespace

TimelineObserver::TimelineObserver(std::string path, MeshLink* mesh)
    : path_(std::move(path)), mesh_(mesh) {}

void TimelineObserver::attach(const ObservedRun& run) {
  timeline_ = std::make_unique<Timeline>(path_, timeline_params(run));
  Timeline* timeline = timeline_.get();
  if (mesh_ != nullptr) {
    attach_mesh(run);
  }
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

/// What is written when the controller enters Idle has all flits up to then.
void TimelineObserver::attach_mesh(const ObservedRun& run) {
  mesh_rows_ =
      std::make_unique<MeshTimeline>(mesh_rows(mesh_->params().mesh, run.params.fabric_period_ps));
  timeline_->show(*mesh_rows_);
  mesh_->listen_to_all(*mesh_rows_);
  run.machine.controller->on_state.listen(
      [this](const StateEntered& e) { mesh_->run_until(e.cycle); });
}

void TimelineObserver::commit() {
  timeline_->commit();
}

}  // namespace airnn
