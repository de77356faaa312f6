// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_channel_state.h"

#include <stdexcept>

namespace airnn {

namespace {

constexpr std::uint32_t kMostEntries = 64;
constexpr std::uint32_t kMostBanks = 64;

std::uint32_t banks_of(const Ddr3ChannelParams& params) {
  const std::uint32_t banks = params.part.geometry.ranks * params.part.geometry.banks;
  if (banks > kMostBanks) {
    throw std::invalid_argument("a DDR3 channel has at most 64 banks in all its ranks");
  }
  return banks;
}

std::uint32_t checked_depth(std::uint32_t depth) {
  if (depth < 1 || depth > kMostEntries) {
    throw std::invalid_argument("a queue of a DDR3 channel has 1 to 64 entries");
  }
  return depth;
}

RefreshDebt::Params refresh_params(const Ddr3ChannelParams& params) {
  const Ddr3TimingParams& t = params.part.timing;
  RefreshDebt::Params refresh;
  refresh.enabled = params.refresh;
  refresh.interval = t.refi;
  refresh.max_postponed = static_cast<std::int32_t>(params.max_postponed);
  refresh.max_pulled_in = static_cast<std::int32_t>(params.max_pulled_in);
  refresh.guard = t.rcd + t.cwl + Ddr3TimingParams::kBurst + t.wr + t.rp + t.xp;
  return refresh;
}

}  // namespace

Ddr3ChannelState::Ddr3ChannelState(const Ddr3ChannelParams& params)
    : timing(ddr3_rules(params.part.timing), params.part.geometry.ranks,
             params.part.geometry.banks),
      banks(banks_of(params)),
      reads(checked_depth(params.read_queue), banks_of(params)),
      writes(checked_depth(params.write_queue), banks_of(params)) {
  const Ddr3Geometry& geometry = params.part.geometry;
  for (std::uint32_t r = 0; r < geometry.ranks; ++r) {
    Rank rank{Power::standby, 0, 0, r * geometry.banks, 0, RefreshDebt(refresh_params(params), 0)};
    for (std::uint32_t b = 0; b < geometry.banks; ++b) {
      rank.banks |= std::uint64_t{1} << (rank.first_bank + b);
      banks[rank.first_bank + b].rank = r;
    }
    ranks.push_back(rank);
  }
}

void Ddr3ChannelState::open_row(std::uint32_t bank_index, std::uint32_t row, Cycle now) {
  Bank& bank = banks[bank_index];
  bank.open = true;
  bank.row = row;
  bank.columns = 0;
  bank.last_use = now;
  ranks[bank.rank].open_banks |= std::uint64_t{1} << bank_index;
  reads.row_opened(bank_index, row);
  writes.row_opened(bank_index, row);
}

void Ddr3ChannelState::close_row(std::uint32_t bank_index) {
  Bank& bank = banks[bank_index];
  bank.open = false;
  ranks[bank.rank].open_banks &= ~(std::uint64_t{1} << bank_index);
  reads.row_closed(bank_index);
  writes.row_closed(bank_index);
}

}  // namespace airnn
