// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/results/counts.h"
#include "sw/results/link_record.h"

namespace airnn {

/// Where the cycles of an input go, by states of the Read Weight Controller.
struct PhaseCycles {
  std::uint64_t load = 0;     ///< ResetBuffers, LoadInput
  std::uint64_t fetch = 0;    ///< FetchBatch, Drain, Configure
  std::uint64_t compute = 0;  ///< Compute
  std::uint64_t score = 0;    ///< AwaitDecision
  std::uint64_t finish = 0;   ///< Finish

  PhaseCycles& operator+=(const PhaseCycles& other);
  std::uint64_t total() const { return load + fetch + compute + score + finish; }
};

/// What files and plots say of a unit that does not tell of its cycles.
constexpr const char* kNotObserved = "not observed";

/// Cycles of a unit; what is missing to all cycles is idle.
struct UnitRecord {
  std::string name;
  std::uint64_t working = 0;
  std::uint64_t waiting_for_input = 0;
  std::uint64_t waiting_for_credit = 0;
  bool is_observed = true;  ///< false: the unit does not tell, and the cycles mean nothing

  std::uint64_t busy() const { return working + waiting_for_input + waiting_for_credit; }
  void add(const UnitRecord& other);
};

/// Cycles by the unit that bounded them: had it been faster, the input would have been.
struct PathCycles {
  std::uint64_t memory = 0;
  std::uint64_t controller = 0;
  std::uint64_t addresses = 0;
  std::uint64_t input_buffer = 0;
  std::uint64_t score = 0;
  std::vector<std::uint64_t> layers;

  PathCycles& operator+=(const PathCycles& other);
  std::uint64_t total() const;
};

/// All that one iteration did, over all inputs that ran it. Resetting and loading belong to the
/// first.
struct IterationRecord {
  std::uint64_t inputs_run = 0;
  std::uint64_t stopped = 0;  ///< inputs whose last iteration this was
  PhaseCycles cycles;
  Counts counts;
  std::vector<UnitRecord> units;
  PathCycles critical_path;

  IterationRecord& operator+=(const IterationRecord& other);
};

/// One layer in one iteration. The first five are of one run of the layer; they are the same for
/// every input.
struct LayerRecord {
  std::uint64_t multipliers = 0;
  std::uint64_t nonzero_kernels = 0;
  std::uint64_t groups = 0;
  std::uint64_t weights = 0;
  std::uint64_t compute_cycles = 0;  ///< start to finish of one run
  std::uint64_t slots = 0;           ///< sums over all runs from here on
  std::uint64_t multiplications = 0;
  std::uint64_t idle_multiplications = 0;
  std::uint64_t saturated = 0;  ///< sums whose result the output format cannot hold
  // With an associative memory, of `multiplications`: of a pixel that is zero; searched for; found.
  std::uint64_t zero_products = 0;
  std::uint64_t searches = 0;
  std::uint64_t hits = 0;

  void add_sums(const LayerRecord& other);
};

/// One input.
struct InputRecord {
  std::uint32_t prediction = 0;
  std::uint32_t iterations = 0;
  std::uint64_t cycles = 0;          ///< from the reset of its group to its result
  std::uint64_t share_cycles = 0;    ///< of its group's: its own, and its part of what is shared
  std::vector<std::int64_t> scores;  ///< by iteration
  std::vector<std::uint32_t> predictions;  ///< by iteration
  Counts counts;                           ///< likewise its own, and its part
};

/// A run over some inputs. Records of parts of a set of inputs, each begun with a freshly booted
/// machine, add up to the record of the whole set (merge()): every sum is of integers, and boot
/// counts once.
struct RunRecord {
  /// What the machine counts, in the order of files: what every machine does, and what this one
  /// declares besides.
  std::vector<PricedAction> counted = usual_actions();
  std::uint32_t inputs_per_batch = 1;  ///< largest group of inputs (docs/grouped_inputs.md)
  std::uint64_t boot_cycles = 0;
  Counts boot_counts;
  std::vector<UnitRecord> boot_units;  ///< cycles spent until the boot was over
  std::vector<UnitRecord> units;       ///< cycles spent after it; the memory is the first
  LinkRecord boot_link;                ///< what the wires of its link carried until then
  LinkRecord link;                     ///< and after it
  std::vector<IterationRecord> iterations;
  std::vector<std::vector<LayerRecord>> layers;  ///< [layer][iteration - 1]
  std::vector<InputRecord> inputs;

  /// Of its unit.
  const std::string& memory_name() const { return units.front().name; }
  std::uint64_t total_cycles() const;
  Counts total_counts() const;
  /// Appends the record of the inputs behind these.
  void merge(const RunRecord& next);
};

}  // namespace airnn
