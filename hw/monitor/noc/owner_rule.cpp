// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/noc/owner_rule.h"

#include <string>
#include <utility>

namespace airnn {

OwnerRule::OwnerRule(const MeshParams& params, MeshReport report)
    : params_(params),
      places_(params),
      report_(std::move(report)),
      owners_(places_.ports() * params.virtual_channels),
      free_from_(places_.ports()) {}

void OwnerRule::pushed(const FlitPushed& event) {
  Cycle& free_from = free_from_[places_.port(event)];
  if (event.cycle < free_from) {
    report_(
        violation_by(event, "N3", "the link is taken up to cycle " + std::to_string(free_from)));
  }
  free_from = event.cycle + params_.link_cycles;
  std::optional<std::uint64_t>& owner = owners_[places_.owner(event)];
  const std::uint64_t packet = event.packet->id;
  if (owner && *owner != packet) {
    report_(violation_by(event, "N3", "the port belongs to packet " + std::to_string(*owner)));
  } else if (!owner && !event.is_head()) {
    report_(violation_by(event, "N3", "the port belongs to no packet"));
  }
  owner = event.is_tail() ? std::nullopt : std::optional<std::uint64_t>(packet);
}

}  // namespace airnn
