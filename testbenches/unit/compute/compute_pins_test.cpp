// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/compute_pins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "hw/compute/accumulator/group_check.h"
#include "hw/compute/mac/layer_arithmetic.h"
#include "hw/compute/mac/layer_schedule.h"
#include "hw/compute/product/exact_product.h"
#include "testbenches/support/effort.h"
#include "testbenches/unit/compute/interleaved_layer.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {
namespace {

using Stage = ComputeTwin::Stage;

void append(Stage& stage, const std::vector<std::int64_t>& values) {
  stage.values.insert(stage.values.end(), values.begin(), values.end());
}

/// The pins as the twin shows its registers.
std::vector<Stage> stages_of(const ComputeCycle& pins) {
  std::vector<Stage> stages;
  stages.push_back({pins.operands.slot, {}});
  for (const MultiplierPins& m : pins.operands.multipliers) {
    append(stages.back(), {m.pixel, m.weight, m.owner});
  }
  append(stages.back(), {pins.operands.flags.begin(), pins.operands.flags.end()});
  stages.push_back({pins.products.slot, pins.products.values});
  for (const TreePins& level : pins.block_trees) {
    stages.push_back({level.slot, {}});
    append(stages.back(), level.adders);
  }
  for (const MuxPins& level : pins.block_levels) {
    stages.push_back({level.slot, {level.selects.begin(), level.selects.end()}});
    append(stages.back(), level.adders);
    append(stages.back(), level.lanes);
  }
  for (const TreePins& level : pins.channel_tree) {
    stages.push_back({level.slot, {}});
    append(stages.back(), level.adders);
  }
  for (const ValuePins* values : {&pins.accumulators, &pins.biased, &pins.added, &pins.results}) {
    if (!values->values.empty()) {
      stages.push_back({values->slot, values->values});
    }
  }
  return stages;
}

ComputePins pins_of(const InterleavedLayer& layer, const SparseKernels& kernels) {
  return {layer.params, layer.groups, kernels, layer.drawn.input.data(),
          layer.drawn.skip.empty() ? nullptr : layer.drawn.skip.data()};
}

void expect_equal(const std::vector<Stage>& pins, const std::vector<Stage>& twin, Cycle cycle) {
  ASSERT_EQ(pins.size(), twin.size());
  for (std::size_t s = 0; s < pins.size(); ++s) {
    ASSERT_EQ(pins[s].slot, twin[s].slot) << "cycle " << cycle << ", stage " << s;
    ASSERT_EQ(pins[s].values, twin[s].values) << "cycle " << cycle << ", stage " << s;
  }
}

class PinsAgainstTheTwin : public testing::TestWithParam<InterleavePolicy> {};

TEST_P(PinsAgainstTheTwin, EveryRegisterAgreesInEveryCycle) {
  std::uint64_t shared = 0;   // slots with several kernels
  std::uint64_t passes = 0;   // layers with several
  std::uint64_t outputs = 0;  // valid ones
  std::set<std::uint32_t> splits;
  std::set<std::pair<std::int32_t, std::int32_t>> windows;
  const unsigned layers = drawn_cases(300);
  for (unsigned seed = 0; seed < layers; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const InterleavedLayer layer = draw_interleaved(seed, GetParam());
    const SparseKernels kernels = kernels_of(layer.drawn);
    if (!layer.groups.empty()) {
      check_groups(layer.groups, GetParam(), layer.split(), kernels.kernels());
      ASSERT_EQ(check_loaded_weights(kernels, layer.groups, GetParam(), layer.split(),
                                     layer.kernels_per_window()),
                "");
      splits.insert(layer.params.blocks);
    }
    for (const KernelGroup& group : layer.groups) {
      shared += group.size() > 1 ? 1 : 0;
      if (GetParam() != InterleavePolicy::position) {
        ASSERT_EQ(check_flags(encode_flags(group, layer.params.blocks), group), "");
      }
    }
    windows.emplace(layer.drawn.layer.window.kernel_h, layer.drawn.layer.window.kernel_w);
    ComputePins pins = pins_of(layer, kernels);
    ComputeTwin twin(layer.twin());
    Cycle cycle = 0;
    for (; !twin.is_empty(); ++cycle, twin.clock()) {
      const ComputeCycle shown = pins.at(cycle);
      ASSERT_NO_FATAL_FAILURE(expect_equal(stages_of(shown), twin.show(), cycle));
      const std::vector<ComputeTwin::Output> due = twin.outputs();
      ASSERT_EQ(shown.outputs.size(), due.size());
      outputs += due.size();
      for (const ComputeTwin::Output& output : due) {
        ASSERT_TRUE(std::any_of(shown.outputs.begin(), shown.outputs.end(),
                                [&](const auto& o) {
                                  return o.kernel == output.kernel &&
                                         o.position == output.position && o.value == output.value;
                                }))
            << "cycle " << cycle;
      }
    }
    ASSERT_EQ(cycle, pins.slots() == 0 ? 0 : pins.slots() + pins.depth());
    ASSERT_NO_FATAL_FAILURE(expect_equal(stages_of(pins.at(cycle)), twin.show(), cycle));
    const std::int64_t parallel = layer.params.parallelism.channels;
    passes +=
        parallel != 0 && parallel * layer.drawn.layer.groups < layer.drawn.layer.input.channels ? 1
                                                                                                : 0;
  }
  EXPECT_GT(shared, layers * 2 / 5);
  EXPECT_GT(windows.size(), std::min(40U, layers / 4));
  EXPECT_GT(passes, layers / 6);
  EXPECT_GT(outputs, layers * 33);
  EXPECT_TRUE(GetParam() == InterleavePolicy::position || splits.size() >= 5) << splits.size();
}

TEST_P(PinsAgainstTheTwin, OutputsAreThoseOfTheArithmeticAndEachComesOnce) {
  for (unsigned seed = 1000; seed < 1000 + drawn_cases(150); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const InterleavedLayer layer = draw_interleaved(seed, GetParam());
    const RandomLayer& drawn = layer.drawn;
    const SparseKernels kernels = kernels_of(drawn);
    LayerArithmetic arithmetic(drawn.layer, drawn.input_format, drawn.skip_format,
                               *layer.params.product);
    const std::vector<std::int32_t>& due = arithmetic.compute(
        &kernels, drawn.input.data(), drawn.skip.empty() ? nullptr : drawn.skip.data());
    const std::int64_t positions =
        std::int64_t{drawn.layer.result.height} * drawn.layer.result.width;
    std::set<std::int64_t> seen;
    ComputePins pins = pins_of(layer, kernels);
    for (Cycle cycle = 0; cycle < pins.slots() + pins.depth(); ++cycle) {
      const ComputeCycle shown = pins.at(cycle);
      ASSERT_LE(shown.outputs.size(),
                kMaxGroupedKernels * static_cast<std::size_t>(layer.params.parallelism.positions));
      for (const OutputPins& output : shown.outputs) {
        const std::int64_t element = output.kernel * positions + output.position;
        ASSERT_EQ(output.value, due[static_cast<std::size_t>(element)]);
        ASSERT_TRUE(seen.insert(element).second);
      }
    }
    const bool all = layer.groups.empty() && !layer.params.skips_zero_kernels;
    ASSERT_EQ(seen.size(), (all ? kernels.kernels() : kernels.nonzero_kernels()) *
                               static_cast<std::uint64_t>(positions));
  }
}

TEST_P(PinsAgainstTheTwin, SlotsAndDepthAreThoseOfTheSchedule) {
  for (unsigned seed = 0; seed < drawn_cases(300); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const InterleavedLayer layer = draw_interleaved(seed, GetParam());
    const SparseKernels kernels = kernels_of(layer.drawn);
    const ComputePins pins = pins_of(layer, kernels);
    const LayerSchedule schedule(layer.drawn.layer, layer.params.parallelism, Handoff::map);
    const std::uint64_t issued = !layer.groups.empty()             ? layer.groups.size()
                                 : layer.params.skips_zero_kernels ? kernels.nonzero_kernels()
                                                                   : kernels.kernels();
    EXPECT_EQ(pins.slots(), schedule.tiles() * schedule.slots_per_tile(issued));
    if (GetParam() == InterleavePolicy::position || layer.params.blocks == 1) {
      EXPECT_EQ(pins.depth(), schedule.depth());
    } else {
      EXPECT_GE(pins.depth(), schedule.depth());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(ComputePins, PinsAgainstTheTwin,
                         testing::Values(InterleavePolicy::block, InterleavePolicy::block_fixed,
                                         InterleavePolicy::position),
                         [](const testing::TestParamInfo<InterleavePolicy>& test) {
                           return std::string(to_string(test.param));
                         });

TEST(ComputePins, ShowTheSameInAnyOrderOfCycles) {
  const InterleavedLayer layer = draw_interleaved(3, InterleavePolicy::block);
  const SparseKernels kernels = kernels_of(layer.drawn);
  ComputePins forward = pins_of(layer, kernels);
  ComputePins backward = pins_of(layer, kernels);
  ASSERT_GT(forward.slots(), 0U);
  std::vector<std::vector<Stage>> due;
  for (Cycle cycle = 0; cycle < forward.slots() + forward.depth(); ++cycle) {
    due.push_back(stages_of(forward.at(cycle)));
  }
  for (Cycle cycle = due.size(); cycle-- > 0;) {
    ASSERT_NO_FATAL_FAILURE(expect_equal(stages_of(backward.at(cycle)), due[cycle], cycle));
  }
}

/// One channel of 5x5, one position: Figure 9.
class Figure9 : public testing::Test {
 protected:
  static constexpr std::int32_t kKernels = 4;

  Figure9() {
    const FixedFormat format{32, 0};
    layer_.drawn.layer =
        golden::test::convolution({1, 5, 5}, kKernels, {5, 5, 1, 1, 0, 0, 0, 0}, format, format);
    golden::test::clamp(layer_.drawn.layer, format.min_integer(), format.max_integer());
    layer_.drawn.weights.assign(kKernels * 25, 0);
    layer_.drawn.biases.assign(kKernels, 0);
    layer_.drawn.input.assign(25, 1);
    layer_.params.layer = layer_.drawn.layer;
    layer_.params.blocks = 4;
    layer_.params.product = std::make_shared<const ExactProduct>();
  }
  /// `count` weights of `value`, at the end of the window.
  void fill(std::uint32_t kernel, std::int32_t count, std::int32_t value) {
    std::fill_n(layer_.drawn.weights.begin() + (kernel + 1) * 25 - count, count, value);
  }
  std::vector<std::int64_t> lanes(Cycle cycle) {
    const SparseKernels kernels = kernels_of(layer_.drawn);
    return pins_of(layer_, kernels).at(cycle).block_levels[1].lanes;
  }

  InterleavedLayer layer_;
};

TEST_F(Figure9, HasTheDepthOfAPlainTree) {
  fill(0, 1, 1);
  const SparseKernels kernels = kernels_of(layer_.drawn);
  EXPECT_EQ(pins_of(layer_, kernels).depth(), 1U + 5 + 1 + 1);
}

TEST_F(Figure9, Case1FourKernels) {
  for (std::uint32_t kernel = 0; kernel < 4; ++kernel) {
    fill(kernel, 6, static_cast<std::int32_t>(kernel) + 1);
  }
  layer_.groups = {{{2, 0, 1}, {0, 1, 1}, {1, 2, 1}, {3, 3, 1}}};
  EXPECT_EQ(lanes(6), (std::vector<std::int64_t>{18, 6, 12, 24}));
}

TEST_F(Figure9, Case2OneKernel) {
  fill(3, 25, 2);
  layer_.groups = {{{3, 0, 4}}};
  EXPECT_EQ(lanes(6), (std::vector<std::int64_t>{50, 0, 0, 0}));
}

TEST_F(Figure9, Case3TwoBlocksForOneKernel) {
  fill(0, 13, 1);
  fill(1, 6, 10);
  fill(2, 1, 100);
  layer_.groups = {{{0, 2, 2}, {1, 0, 1}, {2, 1, 1}}};
  EXPECT_EQ(lanes(6), (std::vector<std::int64_t>{60, 100, 13, 0}));
}

}  // namespace
}  // namespace airnn::test
