// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/memory/ddr3/command_choice.h"
#include "hw/memory/ddr3/ddr3_channel_state.h"

namespace airnn {

/// Which commands the waiting requests ask for, and which rows are closed because nobody does:
/// scheduling and page policy (docs/units/ddr3_controller.md).
class RequestOffers {
 public:
  /// Both must outlive it.
  RequestOffers(const Ddr3ChannelParams& params, const Ddr3ChannelState& state)
      : params_(params), state_(state) {}

  /// All offers of cycle `now` for the direction that has the bus.
  void offer(Cycle now, CommandChoice& choice) const;
  /// Those of one bank, for which a request of this direction waits.
  void offer_bank(Cycle now, std::uint32_t bank, CommandChoice& choice) const;

 private:
  std::uint64_t bank_of_oldest() const;
  void offer_timeouts(Cycle now, CommandChoice& choice) const;
  DramCommand column_command(std::uint32_t bank, DramQueue::Index request) const;
  bool closes_row(std::uint32_t bank, DramQueue::Index request) const;

  const Ddr3ChannelParams& params_;
  const Ddr3ChannelState& state_;
};

}  // namespace airnn
