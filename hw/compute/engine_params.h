// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>

#include "hw/compute/product/product.h"
#include "sw/format/interleaving.h"
#include "sw/format/network.h"

namespace airnn {

/// How much of a layer's work its compute unit does at once (docs/timing.md).
struct ComputeParallelism {
  std::int32_t positions = 1;       ///< Z: output positions in parallel
  std::int32_t channels = 0;        ///< Tc: input channels in parallel; 0: all
  std::int64_t fc_multipliers = 0;  ///< fully connected: multipliers; 0: one per input
};

/// When a layer starts: with its whole input map, or with the rows of its first window.
enum class Handoff : std::uint8_t { map, row };

/// What the engine of a layer is made from.
struct EngineParams {
  Layer layer;
  FixedFormat input_format;
  FixedFormat skip_format;  ///< unused without second operand
  ComputeParallelism parallelism;
  Handoff handoff = Handoff::map;
  bool skips_zero_kernels = true;  ///< false in scheme base: every kernel is issued
  InterleavePolicy policy = InterleavePolicy::block;
  std::uint32_t blocks = 1;  ///< of a channel unit; 1: kernels are never grouped
  std::shared_ptr<const Product> product;
  /// Multipliers of the array that the layer shares with others; 0: it has its own, as many as it
  /// needs.
  std::uint64_t array_multipliers = 0;
};

}  // namespace airnn
