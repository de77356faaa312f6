// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_timing.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

Ddr3Timing::Ddr3Timing(const std::vector<Ddr3Rule>& rules, std::uint32_t ranks, std::uint32_t banks)
    : by_bank_(ranks * banks), by_rank_(ranks), histories_(ranks) {
  for (std::uint32_t bank = 0; bank < ranks * banks; ++bank) {
    rank_of_.push_back(bank / banks);
  }
  for (const Ddr3Rule& rule : rules) {
    Bounds& bounds = bounds_[static_cast<std::size_t>(rule.from)];
    const auto to = static_cast<std::uint8_t>(rule.to);
    const auto cycles = static_cast<std::uint32_t>(rule.cycles);
    if (rule.count > 1) {
      if (rule.scope != RuleScope::same_rank || rule.count > kHistory) {
        throw std::invalid_argument("a rule over several commands must be of one rank");
      }
      bounds.windows.push_back({to, cycles, rule.count});
      continue;
    }
    switch (rule.scope) {
      case RuleScope::same_bank:
        bounds.same_bank.push_back({to, cycles});
        break;
      case RuleScope::same_rank:
        bounds.same_rank.push_back({to, cycles});
        break;
      case RuleScope::other_rank:
        bounds.other_rank.push_back({to, cycles});
        break;
    }
  }
}

void Ddr3Timing::record(DramCommand command, std::uint32_t bank, Cycle cycle) {
  const Bounds& bounds = bounds_[static_cast<std::size_t>(command)];
  const std::uint32_t rank = rank_of_[bank];
  raise(by_bank_[bank], bounds.same_bank, cycle);
  raise(by_rank_[rank], bounds.same_rank, cycle);
  if (by_rank_.size() > 1) {
    for (std::uint32_t other = 0; other < by_rank_.size(); ++other) {
      if (other != rank) {
        raise(by_rank_[other], bounds.other_rank, cycle);
      }
    }
  }
  if (!bounds.windows.empty()) {
    History& history = histories_[rank][static_cast<std::size_t>(command)];
    history.cycles[history.count++ % kHistory] = cycle;
    for (const Window& window : bounds.windows) {
      if (history.count >= window.count) {
        const Cycle first = history.cycles[(history.count - window.count) % kHistory];
        Cycle& legal = by_rank_[rank][window.to];
        legal = std::max(legal, first + window.cycles);
      }
    }
  }
}

}  // namespace airnn
