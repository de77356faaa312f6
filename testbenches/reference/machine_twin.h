// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sw/format/memory_image.h"
#include "testbenches/reference/machine_trace.h"
#include "testbenches/reference/score_twin.h"
#include "testbenches/support/memory_schedule.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {

struct MachineTwinParams {
  unsigned lanes = 16;
  unsigned outstanding_reads = 32;
  unsigned stream_buffer_bursts = 8;
  bool prefetch = false;
  std::uint32_t inputs_per_batch = 1;
  std::uint32_t input_buffers = 1;
  Cycle address_latency = 2;
  Cycle memory_latency = 120;
  Cycle burst_interval = 1;
  std::optional<MemorySchedule> deferred_memory;  ///< instead of the flat one
  StallPolicy weight_stalls = StallPolicy::never();
  StallPolicy input_stalls = StallPolicy::never();
  StallPolicy result_stalls = StallPolicy::never();
  Cycle compute_latency = 1;  ///< from *start* to the output map
  ScoreTwinParams score;
  std::vector<std::uint64_t> input_addresses;  ///< one per input
  std::vector<MapTwin> outputs;                ///< input by input, iteration by iteration
};

/// All control units, a memory and a computation of fixed length, run cycle by cycle until every
/// input has its result. The order of the units within a cycle does not matter.
/// Throws std::runtime_error if nothing ends within `most_cycles`.
MachineTrace run_machine_twin(const MemoryImage& image, const MachineTwinParams& params,
                              Cycle most_cycles);

}  // namespace airnn::test
