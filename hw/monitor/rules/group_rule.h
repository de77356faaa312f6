// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/replay.h"
#include "hw/common/stream.h"
#include "hw/compute/compute_events.h"
#include "hw/monitor/rule_reporter.h"
#include "sw/format/memory_image.h"

namespace airnn {

/// What was right lies there under this name; another lies elsewhere, or has another name.
template <typename T>
struct RightContent {
  ContentId content = 0;
  const T* what = nullptr;

  bool is(ContentId name, const T* seen) const {
    const bool is_named = content != 0 && content == name;
    return what == seen && (seen == nullptr || is_named);
  }
};

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
  Replay<Place, RightContent<KernelGroups>> right_groups_{"right groups", 2 * kMostContents};
  Replay<Place, RightContent<std::vector<BlockFlags>>> right_flags_{"right flags",
                                                                    2 * kMostContents};
};

}  // namespace airnn
