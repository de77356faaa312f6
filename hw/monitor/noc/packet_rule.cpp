// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/noc/packet_rule.h"

#include <algorithm>
#include <string>
#include <utility>

namespace airnn {

namespace {

std::string of_packet(std::uint64_t packet) {
  return " of packet " + std::to_string(packet);
}

}  // namespace

PacketRule::PacketRule(const MeshParams& params, MeshReport report)
    : places_(params), report_(std::move(report)), buffers_(places_.buffers()) {}

void PacketRule::offered(const MeshPacket& packet) {
  for (unsigned i = 0; i < packet.flits; ++i) {
    buffers_[places_.queue_of(packet)].push_back({packet.id, i});
  }
  under_way_[{packet.source, packet.destination, packet.virtual_channel}].push_back(packet.id);
}

void PacketRule::pushed(const FlitPushed& event) {
  std::deque<Flit>& buffer = buffers_[places_.left_by(event)];
  const Flit flit{event.packet->id, event.flit};
  if (buffer.empty()) {
    report_(violation_by(event, "N1", "no flit is in its buffer"));
  } else if (!(buffer.front() == flit)) {
    report_(violation_by(event, "N1",
                         "the oldest in its buffer is flit " +
                             std::to_string(buffer.front().index) +
                             of_packet(buffer.front().packet)));
  }
  const auto found = std::find(buffer.begin(), buffer.end(), flit);
  if (found != buffer.end()) {
    buffer.erase(found);
  }
  if (MeshPlaces::leaves_mesh(event)) {
    leave(event);
  } else {
    buffers_[places_.entered_by(event)].push_back(flit);
  }
}

void PacketRule::leave(const FlitPushed& event) {
  const MeshPacket& packet = *event.packet;
  if (event.node != packet.destination) {
    report_(violation_by(event, "N1", "its destination is " + std::to_string(packet.destination)));
    return;
  }
  if (!event.is_tail()) {
    return;
  }
  auto& way = under_way_[{packet.source, packet.destination, packet.virtual_channel}];
  const auto found = std::find(way.begin(), way.end(), packet.id);
  if (found == way.end()) {
    report_(violation_by(event, "N1", "the packet has left before, or never entered"));
    return;
  }
  if (found != way.begin()) {
    report_(violation_by(
        event, "N1",
        "packet " + std::to_string(way.front()) + " of the same way was offered earlier"));
  }
  way.erase(found);
}

void PacketRule::finish(Cycle end) {
  for (const auto& [way, packets] : under_way_) {
    if (!packets.empty()) {
      report_({"N4", end, std::get<0>(way), "packet " + std::to_string(packets.front()),
               "it never reached node " + std::to_string(std::get<1>(way)) +
                   ", and nothing moves any more"});
    }
  }
}

}  // namespace airnn
