// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/memory/ddr3/dram_events.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"
#include "hw/wave/wave_states.h"

namespace airnn {

struct DramPinsParams {
  std::uint32_t ranks = 1;
  std::uint32_t banks = 8;
  std::uint32_t rows = 1;
  std::uint32_t columns = 1;
  Cycle ras = 0;          ///< tCK from ACT, before which no bank closes
  Cycle after_read = 0;   ///< tCK from RDA until its bank closes
  Cycle after_write = 0;  ///< tCK from WRA until its bank closes
};

/// The command bus of a DDR3 channel, in tCK: a command is shown for one cycle with its place, and
/// per bank and rank the states that commands lead to.
class DramPins final : public WaveSource {
 public:
  DramPins(WaveTree& tree, const std::string& scope, const DramPinsParams& params);

  /// In the order of cycles.
  void issued(const CommandIssued& event) { commands_.add(event.cycle, event); }

  Cycle next() const override;
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  struct Bank {
    WaveId state_id = 0;
    WaveId row_id = 0;
    DramRowState state = DramRowState::closed;
    Cycle activated = 0;
    Cycle closed_from = kNever;  ///< while closing
  };
  struct Rank {
    WaveId power_id = 0;
    bool is_powered_down = false;
    bool is_self_refreshing = false;
    std::vector<Bank> banks;
  };

  void execute(const CommandIssued& event, WaveWriter& writer);
  void close_banks(Cycle cycle);
  void show_power(const Rank& rank, WaveWriter& writer) const;

  DramPinsParams params_;
  WaveId command_, rank_, bank_, row_, column_;
  std::vector<Rank> ranks_;
  TimedQueue<CommandIssued> commands_;
  Cycle command_end_ = kNever;
  Cycle next_closing_ = kNever;
};

}  // namespace airnn
