// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_link.h"
#include "hw/observe/noc/mesh_timeline.h"
#include "hw/sim/observers/link_insight.h"
#include "hw/sim/observers/mesh_waves.h"

namespace airnn {

/// Rules, timeline and waveform of a mesh (docs/mesh.md).
class MeshInsight final : public LinkInsight {
 public:
  explicit MeshInsight(MeshLink& mesh) : mesh_(mesh) {}

  std::unique_ptr<Observer> monitor(const SimulationOptions& options) override;
  void show(Timeline& timeline, const ObservedRun& run) override;
  std::vector<std::unique_ptr<WaveSource>> declare(WaveTree& tree,
                                                   const std::string& scope) override;
  void connect(WaveSource& source, const std::function<bool()>& is_over) override;
  void catch_up(Cycle cycle) override { mesh_.run_until(cycle); }

 private:
  MeshLink& mesh_;
  std::unique_ptr<MeshTimeline> rows_;
  std::unique_ptr<MeshWaves> waves_;
  bool shows_waves_ = false;
};

/// A row of the table of insights.
std::unique_ptr<LinkInsight> insight_into_mesh(Link& link);

}  // namespace airnn
