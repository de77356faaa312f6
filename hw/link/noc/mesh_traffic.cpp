// SPDX-License-Identifier: Apache-2.0
#include "hw/link/noc/mesh_traffic.h"

#include <stdexcept>

namespace airnn {

MeshTraffic::MeshTraffic(const MeshParams& mesh, const MeshTrafficParams& params)
    : mesh_(mesh), params_(params), random_(params.seed) {
  if (!(params.rate > 0 && params.rate <= 1) || params.flits == 0 ||
      params.flits > kMostPacketFlits || params.hotspot >= mesh.nodes() ||
      (params.pattern == TrafficPattern::transpose && mesh.width != mesh.height)) {
    throw std::invalid_argument("no such traffic on this mesh");
  }
  silent_[0] = 1 - params.rate;
  for (std::size_t i = 1; i < kPowers; ++i) {
    silent_[i] = silent_[i - 1] * silent_[i - 1];
  }
  for (unsigned node = 0; node < mesh.nodes(); ++node) {
    next_.emplace(draw_gap() - 1, node);
  }
}

bool MeshTraffic::next(MeshPacket& packet) {
  const auto [cycle, source] = next_.top();
  if (cycle >= params_.cycles) {
    return false;
  }
  next_.pop();
  packet.id = id_++;
  packet.offered = cycle;
  packet.source = source;
  packet.destination = destination_of(source);
  packet.flits = params_.flits;
  packet.virtual_channel = mesh_.virtual_channels == 1 ? 0 : draw_below(mesh_.virtual_channels);
  next_.emplace(cycle + draw_gap(), source);
  return true;
}

/// The inverse of the geometric distribution by products alone, which round alike everywhere;
/// logarithms do not.
Cycle MeshTraffic::draw_gap() {
  constexpr double kUnit = 1.0 / 9007199254740992.0;  // 2^-53
  const double drawn = (static_cast<double>(random_() >> 11U) + 1) * kUnit;
  Cycle silent = 0;
  double probability = 1;
  for (std::size_t i = kPowers; i-- > 0;) {
    if (probability * silent_[i] >= drawn) {
      probability *= silent_[i];
      silent += Cycle{1} << i;
    }
  }
  return silent + 1;
}

unsigned MeshTraffic::draw_below(unsigned limit) {
  constexpr unsigned kBits = 32;
  return static_cast<unsigned>((random_() >> kBits) * limit >> kBits);
}

unsigned MeshTraffic::destination_of(unsigned source) {
  const unsigned x = source % mesh_.width;
  const unsigned y = source / mesh_.width;
  switch (params_.pattern) {
    case TrafficPattern::uniform: {
      const unsigned other = draw_below(mesh_.nodes() - 1);
      return other < source ? other : other + 1;
    }
    case TrafficPattern::transpose:
      return x * mesh_.width + y;
    case TrafficPattern::hotspot:
      return params_.hotspot;
    case TrafficPattern::neighbour:
      break;
  }
  return y * mesh_.width + (x + 1) % mesh_.width;
}

}  // namespace airnn
