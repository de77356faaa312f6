// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "hw/memory/ddr3/dram_command.h"

namespace airnn {

/// A command on the bus of a channel. Of a command to a whole rank, bank, row and column are 0; of
/// PRE row and column, of ACT the column.
struct CommandIssued {
  Cycle cycle = 0;  ///< tCK
  DramCommand command = DramCommand::activate;
  DramPlace place;

  friend bool operator==(const CommandIssued& a, const CommandIssued& b) {
    return a.cycle == b.cycle && a.command == b.command && a.place == b.place;
  }
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

/// What a channel tells in a stretch of time, in its order; cycles count from its begin.
struct DramStretch {
  std::vector<std::variant<CommandIssued, RequestServed>> events;
};

/// A channel does from `begin` (tCK) on what it did before.
struct DramReplay {
  Cycle begin = 0;
  std::shared_ptr<const DramStretch> stretch;

  /// Calls `issued(const CommandIssued&)` and `served(const RequestServed&)` with each event as it
  /// is now.
  template <typename Issued, typename Served>
  void for_each(const Issued& issued, const Served& served) const;
};

/// Told of everything a channel does, in the order of cycles of commands.
class DramListener {
 public:
  virtual ~DramListener() = default;
  virtual void issued(const CommandIssued& event) = 0;
  virtual void served(const RequestServed& event) = 0;
  /// Many events at once. A listener that does not care sees them one by one.
  virtual void replayed(const DramReplay& replay) {
    replay.for_each([this](const CommandIssued& event) { issued(event); },
                    [this](const RequestServed& event) { served(event); });
  }
};

template <typename Issued, typename Served>
void DramReplay::for_each(const Issued& issued, const Served& served) const {
  for (const auto& event : stretch->events) {
    if (const auto* command = std::get_if<CommandIssued>(&event)) {
      CommandIssued now = *command;
      now.cycle += begin;
      issued(now);
    } else {
      RequestServed now = std::get<RequestServed>(event);
      now.arrival += begin;
      now.complete += begin;
      served(now);
    }
  }
}

}  // namespace airnn
