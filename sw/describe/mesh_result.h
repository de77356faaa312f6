// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "hw/link/noc/mesh_params.h"
#include "hw/link/noc/mesh_traffic.h"
#include "hw/observe/noc/mesh_statistics.h"
#include "sw/config/config_tree.h"
#include "sw/results/energy_model.h"

namespace airnn {

/// What `airnn mesh` found out.
struct MeshResult {
  std::string trace_file;                    ///< without folders; empty: synthetic traffic
  std::optional<MeshTrafficParams> traffic;  ///< synthetic
  MeshParams mesh;
  ConfigTree config;  ///< effective
  MeshStatistics statistics;
  bool complete = true;  ///< false: stopped by the user
  Cycle cycles = 0;      ///< measured: from the end of the warm-up to the end of the run
  std::uint64_t period_ps = 0;
  std::string price_class;
  std::optional<EnergyModel> energy;
  double host_seconds = 0;

  Counts counts() const;
  /// Flits that left the mesh, per node and cycle.
  double throughput() const;
  /// Part of the cycles in which this link was taken.
  double utilisation(unsigned node, MeshPort port) const;
};

/// Names of patterns, in their order: "uniform".
inline constexpr const char* kTrafficNames[] = {"uniform", "transpose", "hotspot", "neighbour"};

/// The document of --json (docs/mesh.md).
nlohmann::ordered_json mesh_json(const MeshResult& result);

/// The same for a terminal, in short.
std::string mesh_summary(const MeshResult& result);

}  // namespace airnn
