// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/link/noc/mesh_run.h"

#include <algorithm>
#include <tuple>

namespace airnn::test {

namespace {

auto tied(const SeenFlit& seen) {
  return std::tie(seen.cycle, seen.arrives, seen.packet, seen.flit, seen.node, seen.output,
                  seen.input);
}

}  // namespace

bool operator==(const SeenFlit& a, const SeenFlit& b) {
  return tied(a) == tied(b);
}

std::ostream& operator<<(std::ostream& out, const SeenFlit& seen) {
  return out << "cycle " << seen.cycle << " packet " << seen.packet << " flit " << seen.flit
             << " node " << seen.node << " from " << static_cast<int>(seen.input) << " to "
             << static_cast<int>(seen.output) << " arrives " << seen.arrives;
}

void SeenMesh::offered(const MeshPacket& packet) {
  times.resize(std::max<std::size_t>(times.size(), packet.id + 1));
}

void SeenMesh::pushed(const FlitPushed& event) {
  flits.push_back({event.cycle, event.arrives, event.packet->id, event.flit, event.node,
                   event.output, event.input});
  PacketTimes& packet = times[event.packet->id];
  if (event.output == MeshPort::interface && event.is_head()) {
    packet.head_injected = event.cycle;
  }
  if (event.output == MeshPort::local) {
    packet.head_ejected = event.is_head() ? event.arrives : packet.head_ejected;
    packet.tail_ejected = event.is_tail() ? event.arrives : packet.tail_ejected;
    last_tail = std::max(last_tail, event.arrives);
  }
}

SeenMesh run_fabric(const MeshParams& params, const Packets& packets) {
  SeenMesh seen;
  MeshFabric fabric(params, seen);
  for (const MeshPacket& packet : packets) {
    fabric.run_until(packet.offered);
    fabric.offer(packet);
  }
  while (fabric.next_event() != kNever) {
    fabric.run_until(fabric.next_event() + 1);
  }
  return seen;
}

SeenMesh run_twin(const MeshParams& params, const Packets& packets) {
  SeenMesh seen;
  MeshTwin twin(params, seen);
  auto next = packets.begin();
  for (Cycle t = 0; next != packets.end() || !twin.idle(); ++t) {
    for (; next != packets.end() && next->offered == t; ++next) {
      twin.offer(*next);
    }
    twin.step(t);
  }
  return seen;
}

unsigned draw(std::mt19937& random, unsigned from, unsigned to) {
  return from + static_cast<unsigned>(random() % (to - from + 1));
}

MeshParams draw_mesh(std::mt19937& random) {
  MeshParams params;
  params.width = draw(random, 2, 8);
  params.height = draw(random, 1, 8);
  if (draw(random, 0, 1) == 1) {
    std::swap(params.width, params.height);
  }
  params.buffer_flits = draw(random, 1, 8);
  params.virtual_channels = draw(random, 1, 4);
  params.routing = draw(random, 0, 1) == 0 ? MeshRouting::xy : MeshRouting::yx;
  params.hop_cycles = draw(random, 1, 4);
  params.link_cycles = draw(random, 1, 2);
  return params;
}

}  // namespace airnn::test
