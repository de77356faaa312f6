// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/compute/engine_table.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {

/// A layer with the parameters of its unit, and what it works on.
struct EngineCase {
  RandomLayer drawn;
  EngineParams params;
  KernelGroups groups;  ///< empty: one kernel per slot
  SparseKernels kernels;

  LayerOperands operands() const;
};

/// Layers of all kinds, with and without groups, with any parallelism and hand-off.
EngineCase draw_case(unsigned seed);

// What every engine must keep; what is wrong, or "".

/// Starts and ends when it may, slots and rows in order, no row before what it is made of, and the
/// same run whenever it begins.
std::string broken_schedule(const LayerEngine& engine, const EngineCase& drawn, unsigned seed);
/// Counts are those of a naive model, and multipliers work or are idle in every slot.
std::string broken_work(const LayerEngine& engine, const EngineCase& drawn);
/// The output map is that of a naive inference with the products of `params.product`.
std::string broken_values(LayerEngine& engine, const EngineCase& drawn);
/// A run leaves nothing behind that the next one could see.
std::string broken_repeat(LayerEngine& engine, const EngineCase& drawn, unsigned seed);
/// The registers multiply as the product does, and show every output once, with its value.
std::string broken_pins(LayerEngine& engine, const EngineCase& drawn);

/// All of them.
std::string broken_engine_rule(LayerEngine& engine, const EngineCase& drawn, unsigned seed);

}  // namespace airnn::test
