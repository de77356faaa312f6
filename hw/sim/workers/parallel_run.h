// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hw/sim/run_failure.h"
#include "hw/sim/simulation.h"

namespace airnn {

/// Which inputs to simulate, and how.
struct ParallelRun {
  std::uint32_t count = 0;
  unsigned jobs = 1;
  bool apart = false;       ///< even one job has a process of its own
  std::uint32_t first = 0;  ///< number of input 0 in its set
  // As in SimulationOptions; faults only with one job.
  bool monitors = true;
  std::vector<Fault> faults;
  Cycle watchdog_cycles = 10'000'000;
  /// The map of input i, 0 <= i < count.
  std::function<std::vector<std::int32_t>(std::uint32_t)> input;
  /// Told how many inputs are finished.
  std::function<void(std::uint32_t)> progress;
  /// Told of the memory's commands (SimulationOptions); only with one job.
  std::function<void(const CommandIssued&)> on_command;
  /// File of trace events (SimulationOptions); only with one job.
  std::string timeline;
  WaveOptions wave;  ///< only with one job
  bool coverage = false;
  /// Asked again and again: true ends the run after the inputs that are running.
  std::function<bool()> stop;
};

/// Inputs that were finished although some before them were not.
struct LaterInputs {
  std::uint32_t first = 0;  ///< as ParallelRun::input counts them
  RunRecord record;
};

struct ParallelResult {
  RunRecord record;                     ///< of the inputs that were finished, without a gap
  Coverage coverage;                    ///< of the boot and these inputs, if it was asked for
  std::vector<LaterInputs> later;       ///< of those behind a gap, in their order
  std::uint64_t peak_memory_bytes = 0;  ///< largest of any process
  bool stopped = false;                 ///< somebody wanted it, perhaps by a signal to a worker
  std::optional<RunFailure> failure;    ///< why the run ended before it was meant to
};

/// Simulates all inputs in worker processes, one part of the inputs each. The record does not
/// depend on the number of jobs: every input meets the machine as the boot left it. The first
/// process that fails ends the others at once; what all of them finished before is kept. Throws
/// ResourceError if the processes cannot be started.
[[nodiscard]] ParallelResult run_parallel(const AcceleratorParams& params, const MemoryImage& image,
                                          const ParallelRun& run);

}  // namespace airnn
