// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_channel.h"

namespace airnn::test {

/// What a channel did in a soak.
struct DramSoakResult {
  std::uint64_t requests = 0;
  std::uint64_t commands = 0;
  Cycle cycles = 0;
  Cycle longest_wait = 0;  ///< from the acceptance of a request to its completion
  std::string problem;     ///< the first one, empty if there was none
};

/// Offers requests at random to a channel and looks at all it does: its commands keep the rules of
/// JESD79-3 and are those of a channel that looks at everything in each event, every accepted
/// request completes once and as what it was, with fcfs in the order of its direction, and none
/// waits longer than `longest_wait()` says. Requests come in batches of at most kLongestBatch, with
/// stalls; before the next batch the source waits until none is left. Without such pauses some
/// would have no bound: one direction, or a rank whose rows are open, keeps the bus as long as it
/// gets what it needs.
class DramSoak {
 public:
  static constexpr std::uint64_t kLongestBatch = 256;

  /// Every combination of policies: scheduling, hit cap, pages, ranks, refresh, power states.
  static std::vector<Ddr3ChannelParams> cases();

  /// At least one batch and `requests`. Needs the same memory however many these are.
  static DramSoakResult run(const Ddr3ChannelParams& params, std::uint64_t seed,
                            std::uint64_t requests);

  /// No request of a batch waits longer.
  ///
  /// While requests wait, the oldest of the direction that has the bus needs at most PRE, ACT and
  /// its column command, and nothing younger delays it further than the bus, tRRD and tFAW do. So
  /// a column command comes at most `step` cycles after the one before, unless the direction
  /// changes or a rank refreshes or wakes up in between, after which it takes as long again.
  /// A batch has as many column commands as requests, and not more changes of direction than
  /// these; refreshes and self-refresh come with the cycles that it takes, and with what was
  /// postponed or pulled in.
  static Cycle longest_wait(const Ddr3ChannelParams& params, std::uint64_t batch);
};

}  // namespace airnn::test
