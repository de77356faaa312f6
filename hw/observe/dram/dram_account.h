// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include "hw/common/replay.h"
#include "hw/observe/dram/dram_statistics.h"

namespace airnn {

/// Splits what a memory channel does at the points in time where an iteration or an input ends.
/// Commands may be told ahead of the present; what lies behind such a point waits for the next
/// part.
class DramAccount final : public DramListener {
 public:
  /// `present`: gives the cycle before which no part ends any more.
  DramAccount(DramStatistics statistics, std::function<Cycle()> present)
      : statistics_(std::move(statistics)), present_(std::move(present)) {}

  void issued(const CommandIssued& event) override;
  void served(const RequestServed& event) override;
  void replayed(const DramReplay& replay) override;
  /// What was done from the end of the part before until before `cycle`. Everything until then must
  /// have been told.
  DramCounts end_part(Cycle cycle);

 private:
  using Told = std::variant<CommandIssued, RequestServed, DramReplay>;

  void take_until(Cycle cycle);
  void take_apart(const DramReplay& replay);
  const StretchSums& sums_of(const DramReplay& replay);

  DramStatistics statistics_;
  std::function<Cycle()> present_;
  std::deque<Told> ahead_;
  Replay<std::shared_ptr<const DramStretch>, StretchSums> known_{"sums of DRAM stretches",
                                                                 kMostContents};
  DramCounts counted_;  ///< in the parts that have ended
};

}  // namespace airnn
