// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/stretch_sums.h"

namespace airnn {

StretchSums::StretchSums(const DramStretch& stretch, std::uint32_t ranks, std::uint32_t banks)
    : sums(ranks, banks) {
  for (const auto& event : stretch.events) {
    if (const auto* command = std::get_if<CommandIssued>(&event)) {
      sums.issued(*command);
      if (DramPowerStates::is_change(command->command)) {
        state_changes.push_back(*command);
      }
      end = command->cycle + 1;
    } else {
      sums.served(std::get<RequestServed>(event));
    }
  }
}

}  // namespace airnn
