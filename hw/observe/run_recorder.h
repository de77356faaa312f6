// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/common/activity.h"
#include "hw/compute/compute_events.h"
#include "hw/control/control_events.h"
#include "hw/observe/critical_path.h"
#include "hw/observe/dram/dram_counts.h"
#include "hw/observe/unit_account.h"
#include "sw/results/run_record.h"

namespace airnn {

/// What the recorder must know of a machine.
struct RecordedMachine {
  int iterations = 0;
  std::vector<std::uint64_t> reset_bits;  ///< valid bits of each layer's weight buffer
  std::uint64_t input_words = 0;          ///< of the input map
  std::uint64_t classes = 0;              ///< outputs that are scored
  std::vector<LayerSources> sources;      ///< of each layer
  std::vector<PricedAction> counted = usual_actions();  ///< nothing else may be
  std::uint64_t boot_rows = 0;         ///< of associative memories, all multipliers' together
  std::uint32_t inputs_per_batch = 1;  ///< largest group of inputs
};

/// Listens to the probes of all units and writes the record of the run. Events may carry cycles
/// ahead of the kernel's time; those of an input are all told before the input is done. Inputs are
/// in the record when their group is over: what its inputs share is divided equally among those
/// that took part in the iteration.
class RunRecorder {
 public:
  explicit RunRecorder(const RecordedMachine& machine);

  /// Adds a unit; the index is given to spent(). `is_observed`: it tells of its cycles.
  std::size_t add_unit(const std::string& name, bool is_observed = true);

  void entered(const StateEntered& event);
  /// What a memory with rows did since the call before, to be told before the state is entered that
  /// ends it.
  void dram_done(const DramCounts& part);
  /// What the link between units did, likewise.
  void linked(const Counts& part);
  /// What the link's wires carried since the start. To be told before Idle is entered.
  void loaded(const LinkRecord& all);
  void fetched(const FetchDone& event);
  void placed(const WordsPlaced& event);
  void reset(const BufferReset& event);
  void expanded(const LinesExpanded& event);
  void computed(const LayerDone& event);
  void decided(const ScoreDecided& event);
  void done(const InputDone& event);
  void spent(std::size_t unit, const CyclesSpent& event);
  /// What the controller spent, besides: it says what bounded the state that ends.
  void controller_spent(const CyclesSpent& event) { path_.controller_spent(event); }

  const RunRecord& record() const { return record_; }
  /// The record up to the last input that is done, whatever has happened since.
  RunRecord finished() const;
  /// Words that Buffer Address Calculation placed, to be held against those of the batches.
  std::uint64_t words_placed() const { return words_placed_; }

 private:
  /// What is done in an iteration, by one input or for all of its group.
  struct Work {
    Counts counts;
    std::uint64_t cycles = 0;
  };
  struct Member {
    std::uint32_t input = 0;
    InputRecord record;
    std::vector<Work> own;  ///< by iteration
  };

  Counts& shared(std::uint32_t iteration);
  Counts& own(std::uint32_t input, std::uint32_t iteration);
  Member& member(std::uint32_t input);
  void end_group();
  void add_phase(const StateEntered& event);
  void settle_units();
  void keep_sums();

  RunRecord record_;
  RunRecord finished_sums_;  ///< record_ when the last input was done, without the inputs
  const RecordedMachine machine_;
  std::vector<Member> group_;  ///< that runs
  std::vector<Work> shared_;   ///< by its inputs, by iteration
  UnitAccount account_;
  CriticalPath path_;
  StateEntered state_;
  bool booted_ = false;
  std::uint64_t words_placed_ = 0;
};

}  // namespace airnn
