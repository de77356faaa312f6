// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "hw/common/beats.h"
#include "hw/compute/compute_events.h"
#include "hw/control/control_events.h"
#include "hw/observe/coverage/stream_cover.h"
#include "sw/results/coverage/coverage.h"

namespace airnn {

struct CoverageParams {
  unsigned lanes = 16;
  unsigned outstanding_reads = 32;
  std::uint32_t iterations = 1;  ///< the last one always ends the input
};

/// What the boot of a machine reached, and its inputs; apart, as each worker process boots.
struct RunCoverage {
  Coverage boot;
  Coverage inputs;
};

/// Fills covergroups from what units tell. Everything is covered by its cycle, and when Idle is
/// entered all of it is known; so it does not matter how far ahead something was told.
class CoverageCollector {
 public:
  explicit CoverageCollector(const CoverageParams& params) : params_(params) {}

  /// The stream's items are told to what is returned.
  StreamCover& stream(CoverStream kind, unsigned slots);

  void entered(const StateEntered& event);
  void fetched(const FetchDone& event);
  void decided(const ScoreDecided& event);
  void beat(const WeightBeat& beat);
  void read_began(Cycle cycle) { began_.push_back(cycle); }
  void read_ended(Cycle cycle) { ended_.push_back(cycle); }
  void refreshed(Cycle cycle) { refreshes_.push_back(cycle); }
  void issued(const GroupsIssued& event);
  /// A layer runs a kernel of so many weights.
  void kernels(std::uint64_t none, std::uint64_t one, std::uint64_t several);

  Coverage& present() { return is_booted_ ? run_.inputs : run_.boot; }
  /// Up to the last time that Idle was entered.
  const RunCoverage& finished() const { return finished_; }

 private:
  struct Fetch {
    Cycle begin;
    Cycle end;
    ControllerState state;
  };

  void end_prefetch();
  void settle(Cycle idle);
  void settle_reads();
  void settle_refreshes(Cycle idle);
  std::size_t state_at(Cycle cycle) const;

  const CoverageParams params_;
  RunCoverage run_;
  RunCoverage finished_;
  bool is_booted_ = false;
  std::vector<std::unique_ptr<StreamCover>> streams_;
  std::vector<StateEntered> states_;  ///< since the last time in Idle
  std::vector<Fetch> fetches_;        ///< likewise
  std::vector<Cycle> began_, ended_, refreshes_;
  std::uint64_t beats_ = 0;           ///< of the batch so far
  std::optional<std::size_t> early_;  ///< what became of the early fetch; of this decision
  std::optional<std::size_t> decision_;
};

}  // namespace airnn
