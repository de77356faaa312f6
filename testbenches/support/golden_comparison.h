// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/link/wiring.h"
#include "hw/monitor/decode/decoders.h"
#include "hw/top/accelerator_params.h"
#include "sw/format/memory_image.h"
#include "sw/golden/product_rows.h"
#include "sw/results/run_record.h"

namespace airnn::test {

/// What differed between the machine and the reference, empty if nothing did; and the machine's
/// record.
struct GoldenComparison {
  std::string difference;
  std::uint64_t maps_compared = 0;
  /// [layer][iteration - 1]: elements that the reference saw saturate.
  std::vector<std::vector<std::uint64_t>> saturated;
  RunRecord record;
};

/// Machine parameters as shipped, for a network of so many layers.
AcceleratorParams default_params(const MemoryImage& image);

/// Simulates the inputs and compares every output map of every layer after every iteration, the
/// saturated elements, scores, predictions and numbers of iterations with sw/golden. Once per
/// process. `tables`: of layers whose multipliers are not exact.
GoldenComparison compare_with_golden(const AcceleratorParams& params, const MemoryImage& image,
                                     const std::vector<std::vector<std::int32_t>>& inputs,
                                     const std::vector<std::size_t>& build_order = {},
                                     const std::vector<WiringStage*>& stages = {},
                                     const WeightDecoders& decoders = built_in_decoders(),
                                     const golden::ProductTables& tables = {});

}  // namespace airnn::test
