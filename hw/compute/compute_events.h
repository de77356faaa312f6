// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/cycle.h"
#include "hw/compute/accumulator/block_flags.h"
#include "sw/format/interleaving.h"

namespace airnn {

class SparseKernels;

/// A layer's weight buffer was reset.
struct BufferReset {
  Cycle cycle = 0;
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint64_t weights_left = 0;  ///< behind the reset
};

/// A layer issues its kernels in groups.
struct GroupsIssued {
  Cycle cycle = 0;  ///< of the first slot
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  const std::vector<BlockFlags>* flags = nullptr;  ///< of every group; good during the call
  ContentId content = 0;                           ///< of the tables that they are made of
};

/// Issue slots that follow each other without a gap, one per cycle.
struct IssueRun {
  Cycle begin = 0;
  std::uint64_t slot = 0;  ///< number of the first in the layer's run
  std::uint64_t slots = 0;
};

/// A layer knows its run: when it issues what. Pointers are good during the call.
struct LayerStarted {
  Cycle start = 0;
  Cycle finish = 0;
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  const std::vector<IssueRun>* issues = nullptr;
  std::shared_ptr<const SparseKernels> kernels;  ///< null without weights
  const KernelGroups* groups = nullptr;          ///< null: one kernel per slot
  const std::int32_t* map = nullptr;             ///< the input, CHW
  const std::int32_t* skip = nullptr;            ///< null without second operand
};

/// How much of everything a run of a layer does (docs/timing.md, "Counts").
struct LayerWork {
  std::uint64_t multipliers = 0;  ///< of the compute unit
  std::uint64_t nonzero_kernels = 0;
  std::uint64_t groups = 0;   ///< kernels that share a slot count once
  std::uint64_t weights = 0;  ///< loaded and not zero
  std::uint64_t multiplications = 0;
  std::uint64_t idle_multiplications = 0;
  std::uint64_t additions = 0;
  std::uint64_t pool_operations = 0;  ///< comparisons, or additions of average pooling
  std::uint64_t pool_scalings = 0;    ///< multiplications by 1 / elements of average pooling
  std::uint64_t multiplexers = 0;     ///< passes of a sum through a 2-1 multiplexer
  std::uint64_t flag_reads = 0;       ///< flags of blocks, or bits of tags
  std::uint64_t operand_selects = 0;  ///< operands brought to another multiplier than their own
  std::uint64_t weight_reads = 0;     ///< words
  std::uint64_t feature_reads = 0;    ///< words
  std::uint64_t feature_writes = 0;   ///< words
};

/// A layer computed a whole map: when, and what it did.
struct LayerDone : LayerWork {
  Cycle start = 0;
  Cycle finish = 0;
  Cycle stalled = 0;  ///< cycles between them in which only rows were awaited
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  std::uint64_t slots = 0;
  std::uint64_t saturated = 0;  ///< sums whose result the output format cannot hold
};

/// The values behind a LayerDone: the output map, CHW; good during the call.
struct LayerValues {
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  const std::vector<std::int32_t>* values = nullptr;
};

}  // namespace airnn
