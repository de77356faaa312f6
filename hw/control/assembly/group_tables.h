// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "hw/control/assembly/batch_content.h"
#include "sw/format/interleaving.h"

namespace airnn {

/// The kernel groups of one iteration, as the tables in memory say (paper, Figure 8c).
class GroupTables {
 public:
  /// `content` is of BatchKind::tables. Throws ImageError with the layer if its tables contradict
  /// each other.
  explicit GroupTables(const BatchContent& content);

  /// Null for a layer without tables.
  const KernelGroups* of(std::uint32_t layer) const;

  friend bool operator==(const GroupTables& a, const GroupTables& b) {
    return a.layers_ == b.layers_;
  }

 private:
  std::map<std::uint32_t, KernelGroups> layers_;
};

}  // namespace airnn
