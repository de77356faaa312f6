// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/memory/ddr3/ddr3_channel_params.h"
#include "hw/memory/ddr3/ddr3_timing.h"
#include "hw/memory/ddr3/dram_queue.h"
#include "hw/memory/ddr3/refresh_debt.h"

namespace airnn {

/// Index of the lowest bit that is set; there must be one.
inline std::uint32_t first_bit(std::uint64_t bits) {
  return static_cast<std::uint32_t>(__builtin_ctzll(bits));
}

/// What a DDR3 channel remembers of banks, ranks and waiting requests. Banks count over all ranks;
/// in a set of banks, bit b stands for bank b. Decides nothing.
struct Ddr3ChannelState {
  enum class Power : std::uint8_t { standby, power_down, self_refresh };
  struct Bank {
    bool open = false;
    std::uint32_t row = 0;
    std::uint32_t columns = 0;  ///< column commands since ACT
    Cycle last_use = 0;         ///< ACT or column command
    std::uint32_t rank = 0;
  };
  struct Rank {
    Power power = Power::standby;
    std::uint64_t open_banks = 0;
    std::uint64_t banks = 0;
    std::uint32_t first_bank = 0;
    Cycle idle_since = 0;
    RefreshDebt refresh;
  };

  /// Throws std::invalid_argument for queue depths outside 1..64, or more than 64 banks in all.
  explicit Ddr3ChannelState(const Ddr3ChannelParams& params);

  /// The queue of the direction that has the bus.
  DramQueue& queue() { return writing ? writes : reads; }
  const DramQueue& queue() const { return writing ? writes : reads; }
  const DramQueue& other_queue() const { return writing ? reads : writes; }
  std::uint64_t waiting_banks() const { return reads.banks() | writes.banks(); }

  void open_row(std::uint32_t bank, std::uint32_t row, Cycle now);
  void close_row(std::uint32_t bank);

  Ddr3Timing timing;
  std::vector<Bank> banks;
  std::vector<Rank> ranks;
  DramQueue reads;
  DramQueue writes;
  bool writing = false;             ///< the direction that has the bus
  std::uint64_t blocked_banks = 0;  ///< of ranks that must refresh or are powered down
};

}  // namespace airnn
