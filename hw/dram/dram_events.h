// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/dram/dram_command.h"

namespace airnn {

/// A command on the bus of a channel. Of a command to a whole rank, bank, row and column are 0; of
/// PRE row and column, of ACT the column.
struct CommandIssued {
  Cycle cycle = 0;  ///< tCK
  DramCommand command = DramCommand::activate;
  DramPlace place;
};

/// What it took to serve a request.
enum class RowOutcome : std::uint8_t {
  hit,        ///< its row was open: a column command
  miss,       ///< ACT and a column command
  conflict,   ///< PRE of another row, ACT, a column command
  forwarded,  ///< a read whose burst waited in the write queue
};

/// A request that is done: a read with the last of its data, a write with its WR command.
struct RequestServed {
  std::uint64_t id = 0;
  bool is_write = false;
  RowOutcome outcome = RowOutcome::hit;
  Cycle arrival = 0;   ///< tCK from which its latency counts
  Cycle complete = 0;  ///< tCK from which all its data is there; of a write: was taken from the bus
};

/// A channel settles between two inputs: refreshes come early, and fall due anew from `restart` on.
struct ChannelSettles {
  bool is_done = false;  ///< false: it begins
  Cycle restart = 0;     ///< tCK; known when it is done
};

/// Told of everything a channel does, in the order of cycles of commands.
class DramListener {
 public:
  virtual ~DramListener() = default;
  virtual void issued(const CommandIssued& event) = 0;
  virtual void served(const RequestServed& event) = 0;
};

}  // namespace airnn
