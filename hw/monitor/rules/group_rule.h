// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/stream.h"
#include "hw/compute/compute_events.h"
#include "hw/monitor/rule_reporter.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// Rule P9: every layer is configured with the groups of the image's interleave table, and the
/// flags of every group that is issued decode to the group's kernels.
class GroupRule {
 public:
  /// `units`: names of the layers.
  GroupRule(const RuleReporter& reporter, const MemoryImage& image, std::vector<std::string> units);

  /// The controller sends it to this layer.
  void control(std::uint32_t layer, const Timed<ControlMessage>& message);
  void issued(const GroupsIssued& event);

 private:
  using Place = std::pair<std::uint32_t, std::uint32_t>;  ///< layer, iteration

  const KernelGroups* due(const Place& place);

  const RuleReporter& reporter_;
  const MemoryImage& image_;
  std::vector<std::string> units_;
  std::map<Place, KernelGroups> due_;
  // Tables and flags are good for the whole run: each is looked at once.
  std::map<Place, const KernelGroups*> right_groups_;
  std::map<Place, const std::vector<BlockFlags>*> right_flags_;
};

}  // namespace airnn
