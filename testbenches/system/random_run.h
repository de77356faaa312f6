// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "hw/top/accelerator_params.h"
#include "sw/format/memory_image.h"
#include "sw/results/run_record.h"
#include "testbenches/support/effort.h"
#include "testbenches/system/random_model.h"

namespace airnn::test {

using Maps = std::vector<std::vector<std::int32_t>>;

MemoryImage image_of(const Model& model, const CompileOptions& options);

/// A machine on flat memory.
AcceleratorParams random_params(RandomModel& random, const MemoryImage& image);

/// One to three.
Maps random_inputs(RandomModel& random, const Network& network);

/// Classes, scores and iterations of an input, as two machines found them.
void expect_same_outcome(const InputRecord& got, const InputRecord& due);

/// Iterations and the boot have all cycles of every unit, and the critical path of an iteration is
/// as long as it.
void expect_cycles_accounted(const RunRecord& record, const AcceleratorParams& params);

/// What was drawn, for messages.
std::string describe(const MemoryImage& image);

/// Seeds from `first` on; AIRNN_TEST_EFFORT multiplies their number for long runs.
inline auto seeds(unsigned first, unsigned count) {
  return testing::Range(first, first + count * effort());
}

}  // namespace airnn::test
