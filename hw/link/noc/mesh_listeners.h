// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/link/noc/mesh_events.h"

namespace airnn {

/// Passes on to several what a mesh does.
class MeshListeners final : public MeshListener {
 public:
  void add(MeshListener& listener) { all_.push_back(&listener); }

  void offered(const MeshPacket& packet) override {
    for (MeshListener* listener : all_) {
      listener->offered(packet);
    }
  }
  void pushed(const FlitPushed& event) override {
    for (MeshListener* listener : all_) {
      listener->pushed(event);
    }
  }

 private:
  std::vector<MeshListener*> all_;
};

}  // namespace airnn
