// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram_account.h"

namespace airnn {

void DramAccount::issued(const CommandIssued& event, Cycle present) {
  take_until(present);
  ahead_.push_back({true, event, {}});
}

void DramAccount::served(const RequestServed& event) {
  ahead_.push_back({false, {}, event});
}

/// Services go with the command before them.
void DramAccount::take_until(Cycle cycle) {
  while (!ahead_.empty() && !(ahead_.front().is_command && ahead_.front().command.cycle >= cycle)) {
    const Told& told = ahead_.front();
    if (told.is_command) {
      statistics_.issued(told.command);
    } else {
      statistics_.served(told.served);
    }
    ahead_.pop_front();
  }
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
