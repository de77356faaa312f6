// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/link/noc/mesh_layout.h"
#include "hw/wave/sources/mesh_node_pins.h"

namespace airnn {

/// Shows a mesh as a waveform: gives each node what happens at it.
class MeshWaves final : public MeshListener {
 public:
  /// Declares its signals below `scope`.
  MeshWaves(const MeshParams& mesh, WaveTree& tree, const std::string& scope);

  /// A source for each node; once.
  std::vector<std::unique_ptr<WaveSource>> take_sources();
  /// This source is told what happens; of others nothing is kept.
  void connect(const WaveSource& source);
  /// When this says so, nobody is told any more.
  void stop_when(std::function<bool()> is_over) { is_over_ = std::move(is_over); }

  void offered(const MeshPacket& packet) override;
  void pushed(const FlitPushed& event) override;

 private:
  struct Node {
    MeshNodePins* pins = nullptr;
    bool is_told = false;
  };

  const MeshLayout layout_;
  std::vector<std::unique_ptr<WaveSource>> sources_;
  std::vector<Node> nodes_;
  std::function<bool()> is_over_ = [] { return false; };
};

}  // namespace airnn
