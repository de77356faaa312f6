// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_account.h"

#include <vector>

namespace airnn {

void DramAccount::issued(const CommandIssued& event) {
  take_until(present_());
  ahead_.emplace_back(event);
}

void DramAccount::served(const RequestServed& event) {
  ahead_.emplace_back(event);
}

void DramAccount::replayed(const DramReplay& replay) {
  take_until(present_());
  ahead_.emplace_back(replay);
}

void DramAccount::take_until(Cycle cycle) {
  while (!ahead_.empty()) {
    const Told told = ahead_.front();
    if (const auto* replay = std::get_if<DramReplay>(&told)) {
      if (replay->begin >= cycle) {
        return;
      }
      ahead_.pop_front();
      const StretchSums& stretch = sums_of(*replay);
      if (replay->begin + stretch.end <= cycle) {
        statistics_.repeated(stretch, replay->begin);
      } else {
        take_apart(*replay);
      }
    } else if (const auto* command = std::get_if<CommandIssued>(&told)) {
      if (command->cycle >= cycle) {
        return;
      }
      statistics_.issued(*command);
      ahead_.pop_front();
    } else {
      // Services go with the command before them.
      statistics_.served(std::get<RequestServed>(told));
      ahead_.pop_front();
    }
  }
}

/// A part ends within the stretch.
void DramAccount::take_apart(const DramReplay& replay) {
  std::vector<Told> events;
  replay.for_each([&events](const CommandIssued& event) { events.emplace_back(event); },
                  [&events](const RequestServed& event) { events.emplace_back(event); });
  ahead_.insert(ahead_.begin(), events.begin(), events.end());
}

const StretchSums& DramAccount::sums_of(const DramReplay& replay) {
  return known_.get(replay.stretch, [&] { return statistics_.sums_of(*replay.stretch); });
}

DramCounts DramAccount::end_part(Cycle cycle) {
  take_until(cycle);
  statistics_.advance(cycle);
  const DramCounts counts = statistics_.counts();
  DramCounts part = counts;
  part -= counted_;
  counted_ = counts;
  return part;
}

}  // namespace airnn
