// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "sw/format/network.h"

namespace airnn::test {

/// What a layer's compute unit is built for, as the accelerator file says it.
struct TwinUnit {
  std::int64_t positions_in_parallel = 1;
  std::int64_t channels_in_parallel = 0;  ///< 0: all
  std::int64_t fc_multipliers = 0;        ///< 0: one per input
  bool by_rows = false;                   ///< handoff: row
  std::int64_t blocks = 1;                ///< of a channel unit
};

/// One run of a layer as the twin saw it.
struct TwinRun {
  std::uint64_t start = 0;
  std::uint64_t finish = 0;
  std::uint64_t slots = 0;
  std::uint64_t stalled = 0;  ///< cycles from start to finish in which only rows were awaited
  std::vector<std::uint64_t> row_ready;
};

/// A layer's compute unit, clocked: walks cycle by cycle, issues at most one slot per cycle and
/// moves what was issued through a shift register of the pipeline's length. Written from
/// docs/timing.md ("Layers"), shares nothing with the model, and is slow.
/// `input_ready` and `skip_ready`: cycles in which the rows of input and skip operand become
/// readable (skip_ready empty: there is none). `kernels`: kernels or groups that are issued. No
/// slot is issued before `earliest`.
TwinRun run_layer_twin(const Layer& layer, const TwinUnit& unit, std::uint64_t earliest,
                       std::uint64_t kernels, const std::vector<std::uint64_t>& input_ready,
                       const std::vector<std::uint64_t>& skip_ready);

/// Pipeline stages behind an issue slot.
std::uint64_t twin_depth(const Layer& layer, const TwinUnit& unit);

}  // namespace airnn::test
