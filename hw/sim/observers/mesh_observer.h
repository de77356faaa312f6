// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/link/noc/mesh_link.h"
#include "hw/monitor/noc/mesh_monitor.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Checks the rules of docs/mesh.md in the mesh of a machine. It is empty whenever the Read Weight
/// Controller enters Idle.
class MeshObserver final : public Observer {
 public:
  /// The mesh must outlive the observer.
  MeshObserver(MeshLink& mesh, const MeshReport& report)
      : mesh_(mesh), monitor_(mesh.params().mesh, report) {}

  void attach(const ObservedRun& run) override;

 private:
  MeshLink& mesh_;
  MeshMonitor monitor_;
};

}  // namespace airnn
