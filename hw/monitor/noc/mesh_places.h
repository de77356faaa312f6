// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "hw/link/noc/mesh_events.h"
#include "hw/link/noc/mesh_params.h"

namespace airnn {

/// Numbers of the buffers and ports of a mesh, as monitors keep them.
class MeshPlaces {
 public:
  explicit MeshPlaces(const MeshParams& params)
      : width_(params.width), nodes_(params.nodes()), channels_(params.virtual_channels) {}

  std::size_t buffers() const { return std::size_t{nodes_} * kSendingPorts * channels_; }
  std::size_t ports() const { return std::size_t{nodes_} * kSendingPorts; }

  /// The buffer that a flit leaves; of an interface, its queue.
  std::size_t left_by(const FlitPushed& event) const {
    return buffer(event.node, event.input, *event.packet);
  }
  /// The buffer that it goes to; there must be one.
  std::size_t entered_by(const FlitPushed& event) const {
    switch (event.output) {
      case MeshPort::north:
        return buffer(event.node - width_, MeshPort::south, *event.packet);
      case MeshPort::east:
        return buffer(event.node + 1, MeshPort::west, *event.packet);
      case MeshPort::south:
        return buffer(event.node + width_, MeshPort::north, *event.packet);
      case MeshPort::west:
        return buffer(event.node - 1, MeshPort::east, *event.packet);
      default:
        return buffer(event.node, MeshPort::local, *event.packet);
    }
  }
  std::size_t queue_of(const MeshPacket& packet) const {
    return buffer(packet.source, MeshPort::interface, packet);
  }
  std::size_t port(const FlitPushed& event) const {
    return event.node * kSendingPorts + static_cast<std::size_t>(event.output);
  }
  std::size_t owner(const FlitPushed& event) const {
    return port(event) * channels_ + event.packet->virtual_channel;
  }
  static bool leaves_mesh(const FlitPushed& event) { return event.output == MeshPort::local; }

 private:
  std::size_t buffer(unsigned node, MeshPort input, const MeshPacket& packet) const {
    return (node * kSendingPorts + static_cast<std::size_t>(input)) * channels_ +
           packet.virtual_channel;
  }

  unsigned width_;
  unsigned nodes_;
  unsigned channels_;
};

}  // namespace airnn
