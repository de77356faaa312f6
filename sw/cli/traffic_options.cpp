// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/traffic_options.h"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "sw/config/option_values.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kTrafficGroup = "Synthetic traffic";
constexpr std::int64_t kMostCycles = 1'000'000'000'000;

}  // namespace

void TrafficOptions::add_to(Options& app) {
  app_ = &app;
  app.add_option("--traffic", pattern_, "Offer packets of this pattern instead of a trace")
      ->group(kTrafficGroup)
      ->type_name("uniform|transpose|hotspot|neighbour");
  app.add_option("--rate", rate_, "Packets per node and cycle, above 0 and up to 1")
      ->group(kTrafficGroup)
      ->type_name("R");
  app.add_option("--cycles", cycles_, "Cycles of the run")
      ->group(kTrafficGroup)
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--warm-up", warm_up_, "Cycles before anything is counted")
      ->group(kTrafficGroup)
      ->capture_default_str()
      ->type_name("N");
  app.add_option("--flits", flits_, "Flits of a packet, 1 to 255")
      ->group(kTrafficGroup)
      ->capture_default_str()
      ->type_name("L");
  app.add_option("--seed", seed_, "The same seed draws the same packets")
      ->group(kTrafficGroup)
      ->capture_default_str()
      ->type_name("S");
  app.add_option("--hotspot", hotspot_, "Node that all send to (default: the memory's)")
      ->group(kTrafficGroup)
      ->type_name("NODE");
}

void TrafficOptions::require_absent() const {
  for (const char* name : {"--rate", "--cycles", "--warm-up", "--flits", "--seed", "--hotspot"}) {
    if (app_->option(name).given()) {
      throw UserError(fmt::format("{} belongs to synthetic traffic: expected --traffic", name));
    }
  }
}

MeshTrafficParams TrafficOptions::params(const MeshParams& mesh, unsigned memory_node) const {
  MeshTrafficParams params;
  params.pattern = choice_option<TrafficPattern>("--traffic", pattern_,
                                                 {{"uniform", TrafficPattern::uniform},
                                                  {"transpose", TrafficPattern::transpose},
                                                  {"hotspot", TrafficPattern::hotspot},
                                                  {"neighbour", TrafficPattern::neighbour}});
  if (params.pattern == TrafficPattern::transpose && mesh.width != mesh.height) {
    throw UserError(
        fmt::format("--traffic transpose: the mesh has {} x {} nodes; expected a square",
                    mesh.width, mesh.height));
  }
  if (rate_.empty()) {
    throw UserError("--traffic: expected --rate, packets per node and cycle");
  }
  const std::vector<double> rates = real_list_option("--rate", rate_, 0, 1);
  if (rates.size() != 1 || rates.front() <= 0) {
    throw UserError(fmt::format("--rate: '{}'; expected one number above 0 and up to 1", rate_));
  }
  params.rate = rates.front();
  params.cycles = static_cast<Cycle>(integer_option("--cycles", cycles_, 1, kMostCycles));
  params.flits = static_cast<unsigned>(integer_option("--flits", flits_, 1, kMostPacketFlits));
  params.seed = static_cast<std::uint64_t>(
      integer_option("--seed", seed_, 0, std::numeric_limits<std::int64_t>::max()));
  params.hotspot = memory_node;
  if (!hotspot_.empty()) {
    if (params.pattern != TrafficPattern::hotspot) {
      throw UserError("--hotspot belongs to --traffic hotspot");
    }
    params.hotspot =
        static_cast<unsigned>(integer_option("--hotspot", hotspot_, 0, mesh.nodes() - 1));
  }
  return params;
}

Cycle TrafficOptions::warm_up(const MeshTrafficParams& params) const {
  return static_cast<Cycle>(
      integer_option("--warm-up", warm_up_, 0, static_cast<std::int64_t>(params.cycles) - 1));
}

}  // namespace airnn
