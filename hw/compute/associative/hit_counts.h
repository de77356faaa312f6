// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/compute/associative/binned_kernels.h"
#include "hw/compute/associative/match_table.h"

namespace airnn {

/// How the multiplications of a run ended.
struct HitCounts {
  std::uint64_t zeros = 0;     ///< the pixel was zero: nothing was searched
  std::uint64_t searches = 0;  ///< all others
  std::uint64_t hits = 0;      ///< of these, those that a row matched
};

/// Counts them column by column: weights of each bin, times the positions whose pixel the rows of
/// that bin match.
HitCounts count_hits(const Layer& layer, const MatchTable& table, const BinnedKernels& kernels,
                     const std::int32_t* input);

}  // namespace airnn
