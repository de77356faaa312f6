// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/common/beats.h"
#include "hw/common/cycle.h"
#include "hw/compute/accumulator/block_flags.h"
#include "sw/format/bin_tables.h"
#include "sw/format/interleaving.h"
#include "sw/results/counts.h"

namespace airnn {

class MatchTable;
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
  std::shared_ptr<const MatchTable> rows;        ///< null without associative memory
};

/// How much of everything a run of a layer does (docs/timing.md, "Counts").
struct LayerWork {
  std::uint64_t multipliers = 0;  ///< of the compute unit
  std::uint64_t nonzero_kernels = 0;
  std::uint64_t groups = 0;                ///< kernels that share a slot count once
  std::uint64_t weights = 0;               ///< loaded and not zero
  std::uint64_t multiplications = 0;       ///< by weights
  std::uint64_t idle_multiplications = 0;  ///< of multipliers in slots, whose weight is not there
  // With an associative memory, how the multiplications by weights ended: with a pixel that is
  // zero, or after a search, which found a row or not.
  std::uint64_t zero_products = 0;
  std::uint64_t searches = 0;
  std::uint64_t hits = 0;
  /// Every action of the run, by its price: the multiplications by weights have that of their
  /// multiplier (Product::price_class()), those of pooling the usual one.
  Counts counts;
};

/// The decompressor of a layer expands the lines of one item.
struct LinesExpanded {
  Cycle arrived = 0;
  Cycle begin = 0;
  Cycle end = 0;  ///< the item is popped in the cycle before
  std::uint32_t layer = 0;
  std::uint32_t segments = 0;
  std::uint32_t words = 0;
  const PlacedWord* placed = nullptr;  ///< as they are written; good during the call
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

inline constexpr std::int32_t kNoMatch = -1;

/// What one multiplier with an associative memory did.
struct RowSearch {
  std::uint8_t bin = 0;
  std::int32_t pixel = 0;
  std::int32_t row = kNoMatch;  ///< that matched
  std::int64_t product = 0;     ///< that left the multiplexer
};

/// A layer with an associative memory computed a map: what the memory holds, how products ended,
/// and some of them. Pointers are good during the call.
struct RowsSearched {
  Cycle cycle = 0;  ///< of the first slot
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  const std::vector<MatchRow>* rows = nullptr;
  std::uint64_t multiplications = 0;
  std::uint64_t zero_products = 0;
  std::uint64_t searched = 0;
  std::uint64_t hits = 0;
  const std::vector<RowSearch>* searches = nullptr;
};

/// The values behind a LayerDone: the output map, CHW; good during the call.
struct LayerValues {
  std::uint32_t layer = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  const std::vector<std::int32_t>* values = nullptr;
};

}  // namespace airnn
