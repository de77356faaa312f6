// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/rank_offers.h"

#include <algorithm>

namespace airnn {

Cycle RankOffers::offer(Cycle now, CommandChoice& choice) const {
  state_.blocked_banks = 0;
  Cycle next_change = kNever;
  const std::uint64_t waiting = state_.waiting_banks();
  for (std::size_t r = 0; r < state_.ranks.size(); ++r) {
    Rank& rank = state_.ranks[r];
    rank.refresh.advance(now);
    next_change = std::min(next_change, rank.refresh.next_change(now));
    if (rank.power != Power::self_refresh && rank.refresh.must(now)) {
      state_.blocked_banks |= rank.banks;
      offer_refresh(rank, CommandUrgency::must_refresh, now, choice);
    } else if ((waiting & rank.banks) == 0) {
      state_.blocked_banks |= rank.power == Power::standby ? 0 : rank.banks;
      offer_idle(rank, now, choice);
    } else if (rank.power != Power::standby) {
      state_.blocked_banks |= rank.banks;
      choice.offer(state_.timing, CommandUrgency::wake_up, r,
                   rank.power == Power::power_down ? DramCommand::power_down_exit
                                                   : DramCommand::self_refresh_exit,
                   rank.first_bank, now);
    }
  }
  return next_change;
}

DramCommand RankOffers::towards(const Rank& rank, DramCommand command) {
  if (rank.power == Power::power_down) {
    return DramCommand::power_down_exit;
  }
  return rank.open_banks != 0 ? DramCommand::precharge_all : command;
}

void RankOffers::offer_refresh(const Rank& rank, CommandUrgency urgency, Cycle not_before,
                               CommandChoice& choice) const {
  choice.offer(state_.timing, urgency, rank.first_bank, towards(rank, DramCommand::refresh),
               rank.first_bank, not_before);
}

void RankOffers::offer_idle(const Rank& rank, Cycle now, CommandChoice& choice) const {
  if (rank.power == Power::self_refresh) {
    return;
  }
  if (rank.refresh.owes()) {
    offer_refresh(rank, CommandUrgency::idle_refresh, now, choice);
    return;
  }
  if (rank.refresh.may_pull_in() && rank.power == Power::standby && params_.max_pulled_in > 0) {
    offer_refresh(rank, CommandUrgency::idle_refresh,
                  std::max(now, rank.idle_since + params_.part.timing.rfc), choice);
  }
  offer_power_saving(rank, now, choice);
}

void RankOffers::offer_power_saving(const Rank& rank, Cycle now, CommandChoice& choice) const {
  const Cycle self_refresh = params_.self_refresh_after_cycles > 0
                                 ? rank.idle_since + params_.self_refresh_after_cycles
                                 : kNever;
  if (self_refresh != kNever) {
    choice.offer(state_.timing, CommandUrgency::power_saving, rank.first_bank,
                 towards(rank, DramCommand::self_refresh_enter), rank.first_bank,
                 std::max(now, self_refresh));
  }
  if (params_.power_down_after_cycles > 0 && rank.power == Power::standby) {
    const Cycle from =
        std::max({now, rank.idle_since + params_.power_down_after_cycles,
                  state_.timing.earliest(DramCommand::power_down_enter, rank.first_bank)});
    if (from < self_refresh) {
      choice.offer(state_.timing, CommandUrgency::power_saving, rank.first_bank,
                   DramCommand::power_down_enter, rank.first_bank, from);
    }
  }
}

}  // namespace airnn
