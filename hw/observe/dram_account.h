// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <utility>

#include "hw/observe/dram_statistics.h"

namespace airnn {

/// Splits what a memory channel does at the points in time where an iteration or an input ends.
/// Commands may be told somewhat ahead of the present; what lies behind such a point waits for the
/// next part.
class DramAccount {
 public:
  explicit DramAccount(DramStatistics statistics) : statistics_(std::move(statistics)) {}

  /// `present`: no part ends before this cycle any more.
  void issued(const CommandIssued& event, Cycle present);
  void served(const RequestServed& event);
  /// What was done from the end of the part before until before `cycle`. Everything until then must
  /// have been told.
  DramCounts end_part(Cycle cycle);

 private:
  struct Told {
    bool is_command;
    CommandIssued command;
    RequestServed served;
  };

  void take_until(Cycle cycle);

  DramStatistics statistics_;
  std::deque<Told> ahead_;
  DramCounts counted_;  ///< in the parts that have ended
};

}  // namespace airnn
