// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/memory/ddr3/command_choice.h"
#include "hw/memory/ddr3/ddr3_channel_state.h"

namespace airnn {

/// Which commands the ranks need for themselves: refresh, power-down and self-refresh
/// (docs/units/ddr3_controller.md).
class RankOffers {
 public:
  /// Both must outlive it.
  RankOffers(const Ddr3ChannelParams& params, Ddr3ChannelState& state)
      : params_(params), state_(state) {}

  /// All offers of cycle `now`. Sets which banks take no request meanwhile, and returns the next
  /// cycle in which what a rank owes changes by itself.
  Cycle offer(Cycle now, CommandChoice& choice) const;

 private:
  using Rank = Ddr3ChannelState::Rank;
  using Power = Ddr3ChannelState::Power;

  void offer_refresh(const Rank& rank, CommandUrgency urgency, Cycle not_before,
                     CommandChoice& choice) const;
  void offer_idle(const Rank& rank, Cycle now, CommandChoice& choice) const;
  void offer_power_saving(const Rank& rank, Cycle now, CommandChoice& choice) const;
  /// On the way to a state with closed rows and a running clock, or `command` once it is there.
  static DramCommand towards(const Rank& rank, DramCommand command);

  const Ddr3ChannelParams& params_;
  Ddr3ChannelState& state_;
};

}  // namespace airnn
