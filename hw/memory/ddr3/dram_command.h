// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// What a memory controller says to a DDR3 rank (JESD79-3, command truth table).
enum class DramCommand : std::uint8_t {
  activate,
  precharge,
  precharge_all,
  read,
  read_auto,  ///< with auto-precharge
  write,
  write_auto,  ///< with auto-precharge
  refresh,
  power_down_enter,
  power_down_exit,
  self_refresh_enter,
  self_refresh_exit,
};
inline constexpr std::size_t kDramCommands = 12;

/// As in command traces: ACT, PRE, PREA, RD, RDA, WR, WRA, REF, PDE, PDX, SRE, SRX.
inline constexpr std::array<const char*, kDramCommands> kDramMnemonics = {
    "ACT", "PRE", "PREA", "RD", "RDA", "WR", "WRA", "REF", "PDE", "PDX", "SRE", "SRX"};

constexpr const char* mnemonic(DramCommand command) {
  return kDramMnemonics[static_cast<std::size_t>(command)];
}

constexpr bool is_read(DramCommand command) {
  return command == DramCommand::read || command == DramCommand::read_auto;
}
constexpr bool is_write(DramCommand command) {
  return command == DramCommand::write || command == DramCommand::write_auto;
}
constexpr bool is_column(DramCommand command) {
  return is_read(command) || is_write(command);
}
/// To one bank; the others are to the whole rank.
constexpr bool is_to_bank(DramCommand command) {
  return is_column(command) || command == DramCommand::activate ||
         command == DramCommand::precharge;
}

/// Place of a 64-byte burst in a channel. `column` is that of the burst's first word.
struct DramPlace {
  std::uint32_t rank = 0;
  std::uint32_t bank = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;

  bool operator==(const DramPlace& other) const {
    return rank == other.rank && bank == other.bank && row == other.row && column == other.column;
  }
};

}  // namespace airnn
