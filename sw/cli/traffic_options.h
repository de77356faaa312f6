// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/link/noc/mesh_traffic.h"
#include "sw/cli/options.h"

namespace airnn {

/// The options of `airnn mesh` that describe synthetic traffic.
class TrafficOptions {
 public:
  void add_to(Options& app);

  bool wanted() const { return !pattern_.empty(); }
  /// Throws UserError if an option is given that needs --traffic.
  void require_absent() const;
  /// Throws UserError.
  MeshTrafficParams params(const MeshParams& mesh, unsigned memory_node) const;
  /// Cycles before anything is counted, fewer than those of the traffic. Throws UserError.
  Cycle warm_up(const MeshTrafficParams& params) const;

 private:
  std::string pattern_;
  std::string rate_;
  std::string cycles_ = "20000";
  std::string warm_up_ = "0";
  std::string seed_ = "1";
  std::string flits_ = "8";
  std::string hotspot_;
  const Options* app_ = nullptr;
};

}  // namespace airnn
