// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/observers/mesh_insight.h"

#include "hw/link/noc/mesh_layout.h"
#include "hw/observe/timeline.h"
#include "hw/sim/observers/mesh_observer.h"
#include "hw/sim/simulation.h"

namespace airnn {

namespace {

/// Throws out of sc_start().
void end_at_flit(const MeshViolation& violation) {
  const std::string text = "/mesh/" + violation.text();
  SC_REPORT_ERROR("/mesh", text.c_str());
}

MeshTimelineParams mesh_rows(const MeshParams& mesh, std::uint64_t period_ps) {
  MeshTimelineParams params{period_ps, mesh.link_cycles, mesh.virtual_channels, {}};
  const MeshLayout layout(mesh);
  for (unsigned node = 0; node < mesh.nodes(); ++node) {
    for (unsigned port = 0; port < kSendingPorts; ++port) {
      params.links.push_back(layout.link_name(node, static_cast<MeshPort>(port)));
    }
  }
  return params;
}

}  // namespace

std::unique_ptr<LinkInsight> insight_into_mesh(Link& link) {
  auto* const mesh = dynamic_cast<MeshLink*>(&link);
  return mesh == nullptr ? nullptr : std::make_unique<MeshInsight>(*mesh);
}

std::unique_ptr<Observer> MeshInsight::monitor(const SimulationOptions& options) {
  return std::make_unique<MeshObserver>(
      mesh_, options.on_mesh_violation ? options.on_mesh_violation : MeshReport(end_at_flit));
}

/// What is written when the controller enters Idle has all flits up to then.
void MeshInsight::show(Timeline& timeline, const ObservedRun& run) {
  rows_ =
      std::make_unique<MeshTimeline>(mesh_rows(mesh_.params().mesh, run.params.fabric_period_ps));
  timeline.show(*rows_);
  mesh_.listen_to_all(*rows_);
  run.machine.controller->on_state.listen(
      [this](const StateEntered& e) { mesh_.run_until(e.cycle); });
}

std::vector<std::unique_ptr<WaveSource>> MeshInsight::declare(WaveTree& tree,
                                                              const std::string& scope) {
  waves_ = std::make_unique<MeshWaves>(mesh_.params().mesh, tree, scope + ".mesh");
  return waves_->take_sources();
}

void MeshInsight::connect(WaveSource& source, const std::function<bool()>& is_over) {
  waves_->connect(source);
  if (!shows_waves_) {
    shows_waves_ = true;
    waves_->stop_when(is_over);
    mesh_.listen_to_all(*waves_);
  }
}

}  // namespace airnn
