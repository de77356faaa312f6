// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "hw/link/noc/mesh_events.h"

namespace airnn {

/// Something in a mesh that breaks one of the rules N1 to N4 of docs/mesh.md.
struct MeshViolation {
  const char* rule = "";  ///< "N2"
  Cycle cycle = 0;
  unsigned node = 0;
  std::string what;  ///< "flit 3 of packet 7 goes east"
  std::string why;   ///< "the buffer behind has no free slot"

  /// "N2: flit 3 of packet 7 goes east at node 5 in cycle 33: the buffer behind has no free slot".
  std::string text() const;
};

/// May throw; what was wrong then does not count.
using MeshReport = std::function<void(const MeshViolation&)>;

/// That this flit broke a rule.
MeshViolation violation_by(const FlitPushed& event, const char* rule, std::string why);

}  // namespace airnn
