// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/link/noc/mesh_link.h"
#include "hw/observe/timeline.h"
#include "hw/sim/observers/observer.h"

namespace airnn {

/// Writes a file of trace events (docs/timeline.md).
class TimelineObserver final : public Observer {
 public:
  /// `mesh` null: the machine has none. It must outlive the observer.
  TimelineObserver(std::string path, MeshLink* mesh);

  void attach(const ObservedRun& run) override;
  void commit() override;

 private:
  void attach_mesh(const ObservedRun& run);

  std::string path_;
  MeshLink* mesh_;
  std::unique_ptr<MeshTimeline> mesh_rows_;
  std::unique_ptr<Timeline> timeline_;
};

}  // namespace airnn
