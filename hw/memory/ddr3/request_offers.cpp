// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/request_offers.h"

#include <algorithm>

namespace airnn {

void RequestOffers::offer(Cycle now, CommandChoice& choice) const {
  std::uint64_t banks = state_.queue().banks();
  if (params_.scheduling == DramScheduling::fcfs && banks != 0) {
    banks = bank_of_oldest();
  }
  for (banks &= ~state_.blocked_banks; banks != 0; banks &= banks - 1) {
    offer_bank(now, first_bit(banks), choice);
  }
  if (params_.page_policy == PagePolicy::adaptive && params_.page_timeout_cycles > 0) {
    offer_timeouts(now, choice);
  }
}

std::uint64_t RequestOffers::bank_of_oldest() const {
  const DramQueue& waiting = state_.queue();
  const auto age = [&waiting](std::uint32_t bank) { return waiting.at(waiting.oldest(bank)).age; };
  std::uint32_t oldest = first_bit(waiting.banks());
  for (std::uint64_t rest = waiting.banks(); rest != 0; rest &= rest - 1) {
    const std::uint32_t bank = first_bit(rest);
    oldest = age(bank) < age(oldest) ? bank : oldest;
  }
  return std::uint64_t{1} << oldest;
}

void RequestOffers::offer_bank(Cycle now, std::uint32_t bank_index, CommandChoice& choice) const {
  const Ddr3ChannelState::Bank& bank = state_.banks[bank_index];
  const DramQueue& waiting = state_.queue();
  const DramQueue::Index oldest = waiting.oldest(bank_index);
  if (!bank.open) {
    choice.offer(state_.timing, CommandUrgency::row, waiting.at(oldest).age, DramCommand::activate,
                 bank_index, now, oldest);
    return;
  }
  const bool is_capped = params_.hit_cap > 0 && bank.columns >= params_.hit_cap;
  const bool only_oldest = is_capped || params_.scheduling == DramScheduling::fcfs;
  const DramQueue::Index hit = waiting.oldest_hit(bank_index);
  if (hit == DramQueue::kNone || (only_oldest && hit != oldest)) {
    choice.offer(state_.timing, CommandUrgency::row, waiting.at(oldest).age, DramCommand::precharge,
                 bank_index, now, oldest);
  } else {
    choice.offer(state_.timing, CommandUrgency::column, waiting.at(hit).age,
                 column_command(bank_index, hit), bank_index, now, hit);
  }
}

void RequestOffers::offer_timeouts(Cycle now, CommandChoice& choice) const {
  const std::uint64_t busy = state_.waiting_banks() | state_.blocked_banks;
  for (const Ddr3ChannelState::Rank& rank : state_.ranks) {
    if (rank.power != Ddr3ChannelState::Power::standby) {
      continue;
    }
    for (std::uint64_t banks = rank.open_banks & ~busy; banks != 0; banks &= banks - 1) {
      const std::uint32_t bank = first_bit(banks);
      choice.offer(state_.timing, CommandUrgency::page_timeout, bank, DramCommand::precharge, bank,
                   std::max(now, state_.banks[bank].last_use + params_.page_timeout_cycles));
    }
  }
}

DramCommand RequestOffers::column_command(std::uint32_t bank, DramQueue::Index request) const {
  if (closes_row(bank, request)) {
    return state_.writing ? DramCommand::write_auto : DramCommand::read_auto;
  }
  return state_.writing ? DramCommand::write : DramCommand::read;
}

bool RequestOffers::closes_row(std::uint32_t bank, DramQueue::Index request) const {
  if (params_.page_policy != PagePolicy::adaptive) {
    return params_.page_policy == PagePolicy::closed;
  }
  const std::uint32_t open_row = state_.banks[bank].row;
  const DramQueue& queue = state_.queue();
  const DramQueue& other = state_.other_queue();
  return !queue.any_to_row(bank, open_row, request) &&
         !other.any_to_row(bank, open_row, DramQueue::kNone) &&
         (queue.any_to_other_row(bank, open_row) || other.any_to_other_row(bank, open_row));
}

}  // namespace airnn
