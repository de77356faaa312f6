// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/layer_schedule.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "testbenches/reference/layer_twin.h"
#include "testbenches/unit/compute/random_layer.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {
namespace {

constexpr FixedFormat kFormat{32, 8};

Window square(std::int32_t kernel, std::int32_t stride = 1, std::int32_t pad = 0) {
  return {kernel, kernel, stride, stride, pad, pad, pad, pad};
}

/// Cycles from the first slot to the last row, by handoff map, of a map that is there in cycle 0.
Cycle map_cycles(const LayerSchedule& schedule, const Layer& layer, std::uint64_t kernels) {
  const std::vector<Cycle> input(static_cast<std::size_t>(layer.input.height), 0);
  const std::vector<Cycle> skip(static_cast<std::size_t>(layer.result.height), 0);
  return schedule.run(0, kernels, input.data(), layer.skip == kNoSource ? nullptr : skip.data())
      .finish;
}

Cycle map_cycles(const Layer& layer, const ComputeParallelism& parallelism, std::uint64_t kernels) {
  return map_cycles(LayerSchedule(layer, parallelism, Handoff::map), layer, kernels);
}

Layer convolution(const MapShape& input, std::int32_t kernels, const Window& window,
                  std::int32_t groups = 1) {
  return golden::test::convolution(input, kernels, window, kFormat, kFormat, groups);
}

TEST(LayerSchedule, HasTheClosedFormsOfLeNet5) {
  Layer conv1 = convolution({1, 28, 28}, 20, square(5));
  EXPECT_EQ(map_cycles(conv1, {}, 20), 576U * 20 + 8);
  golden::test::pool_behind(conv1, PoolKind::max, square(2, 2));
  EXPECT_EQ(map_cycles(conv1, {}, 20), 576U * 20 + 8 + 2);
  Layer conv2 = convolution({20, 12, 12}, 50, square(5));
  golden::test::pool_behind(conv2, PoolKind::max, square(2, 2));
  EXPECT_EQ(map_cycles(conv2, {}, 50), 64U * 50 + 13 + 2);
  const Layer fc1 = golden::test::fully_connected({50, 4, 4}, 500, kFormat, kFormat);
  EXPECT_EQ(map_cycles(fc1, {}, 500), 500U + 13);
  const Layer fc2 = golden::test::fully_connected({500, 1, 1}, 10, kFormat, kFormat);
  EXPECT_EQ(map_cycles(fc2, {}, 10), 10U + 12);
}

TEST(LayerSchedule, CountsOnlyKernelsThatAreIssued) {
  const Layer layer = convolution({3, 10, 10}, 16, square(3));
  EXPECT_EQ(map_cycles(layer, {}, 5), 64U * 5 + 1 + 4 + 2 + 1 + 1);
  EXPECT_EQ(map_cycles(layer, {}, 0), 1U + 4 + 2 + 1 + 1);
}

TEST(LayerSchedule, PositionsInParallelShareTiles) {
  const Layer layer = convolution({3, 10, 10}, 16, square(3));
  const LayerSchedule schedule(layer, {10, 0, 0}, Handoff::map);
  EXPECT_EQ(schedule.tiles(), 7U);  // 64 positions
  EXPECT_EQ(schedule.multipliers(), 10U * 3 * 9);
  EXPECT_EQ(map_cycles(schedule, layer, 16), 7U * 16 + 9);
}

TEST(LayerSchedule, FewerChannelsInParallelTakePassesAndAnAccumulator) {
  const Layer layer = convolution({10, 6, 6}, 4, square(3));
  const LayerSchedule schedule(layer, {1, 4, 0}, Handoff::map);
  EXPECT_EQ(schedule.slots_per_tile(4), 3U * 4);
  EXPECT_EQ(schedule.multipliers(), 4U * 9);
  EXPECT_EQ(map_cycles(schedule, layer, 4), 16U * 3 * 4 + 1 + 4 + 2 + 1 + 1 + 1);
  // A limit above the channels is no limit.
  EXPECT_EQ(map_cycles(layer, {1, 11, 0}, 4), map_cycles(layer, {}, 4));
}

TEST(LayerSchedule, GroupsReadOnlyTheirChannels) {
  const Layer layer = convolution({12, 6, 6}, 6, square(3), 3);
  EXPECT_EQ(map_cycles(layer, {}, 6), 16U * 6 + 1 + 4 + 2 + 1 + 1);
  EXPECT_EQ(map_cycles(layer, {1, 2, 0}, 6), 16U * 2 * 6 + 1 + 4 + 1 + 1 + 1 + 1);
}

TEST(LayerSchedule, DepthwiseKernelsSitSideBySide) {
  const Layer layer = golden::test::depthwise({6, 8, 8}, 2, square(3, 1, 1), kFormat, kFormat);
  EXPECT_EQ(map_cycles(layer, {}, 12), 64U + 1 + 4 + 1 + 1);
  EXPECT_EQ(map_cycles(layer, {1, 5, 0}, 12), 64U * 3 + 7);
  EXPECT_EQ(map_cycles(layer, {1, 5, 0}, 10), 64U * 2 + 7);
  EXPECT_EQ(LayerSchedule(layer, {2, 5, 0}, Handoff::map).multipliers(), 2U * 5 * 9);
}

TEST(LayerSchedule, FewMultipliersSplitANeuron) {
  const Layer layer = golden::test::fully_connected({100, 1, 1}, 7, kFormat, kFormat);
  EXPECT_EQ(map_cycles(layer, {1, 0, 30}, 7), 4U * 7 + 1 + 5 + 1 + 1 + 1);
  EXPECT_EQ(LayerSchedule(layer, {9, 0, 30}, Handoff::map).multipliers(), 30U);
  EXPECT_EQ(map_cycles(layer, {1, 0, 100}, 7), 7U + 1 + 7 + 1 + 1);
}

TEST(LayerSchedule, PoolingAndAdditionAlonePassChannels) {
  const Layer pool = golden::test::pooling({8, 6, 6}, PoolKind::max, square(2, 2), kFormat);
  EXPECT_EQ(map_cycles(pool, {}, 0), 9U + 1 + 2);
  EXPECT_EQ(map_cycles(pool, {1, 3, 0}, 0), 9U * 3 + 1 + 2);
  const Layer sum = golden::test::addition({8, 6, 6}, 0, kFormat);
  EXPECT_EQ(map_cycles(sum, {4, 3, 0}, 0), 9U * 3 + 1 + 1);
}

TEST(LayerSchedule, ResidualAdditionIsOneLevelMore) {
  Layer layer = convolution({4, 6, 6}, 4, square(1));
  const Cycle plain = map_cycles(layer, {}, 4);
  layer.skip = 0;
  EXPECT_EQ(map_cycles(layer, {}, 4), plain + 1);
}

TEST(LayerSchedule, ByRowsEndsNoEarlierThanTheLayerItReads) {
  // Windows of two rows, two apart: nobody reads the fifth row, which comes late.
  const Layer layer = convolution({1, 5, 4}, 1, square(2, 2));
  const std::vector<Cycle> input = {0, 0, 0, 0, 1000};
  const LayerRun run = LayerSchedule(layer, {}, Handoff::row).run(3, 1, input.data(), nullptr);
  EXPECT_EQ(run.start, 3U);
  EXPECT_EQ(run.row_ready, (std::vector<Cycle>{3 + 2 + 5, 1000}));
  EXPECT_EQ(run.finish, 1000U);
  EXPECT_EQ(run.stalled, 1000U - (3 + 4 + 5));
}

class AgainstTheTwin : public testing::TestWithParam<Handoff> {};

std::vector<Cycle> ready_rows(LayerGenerator& random, std::int32_t rows, Handoff handoff) {
  std::vector<Cycle> ready;
  Cycle cycle = static_cast<Cycle>(random.pick(0, 60));
  const std::int32_t longest = random.pick(0, 1) == 0 ? 3 : 120;
  for (std::int32_t row = 0; row < rows; ++row) {
    ready.push_back(cycle);
    if (handoff == Handoff::row && random.pick(0, 2) != 0) {
      cycle += static_cast<Cycle>(random.pick(0, longest));
    }
  }
  return ready;
}

TEST_P(AgainstTheTwin, EveryCycleAgrees) {
  std::uint64_t stalled = 0;
  std::uint64_t without_slots = 0;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    LayerGenerator random(seed);
    const Layer layer = random.draw(random.kind()).layer;
    const ComputeParallelism parallelism{std::max(1, random.pick(-3, 9)),
                                         std::max(0, random.pick(-2, 7)),
                                         std::max(0, random.pick(-20, 60))};
    const TwinUnit unit{parallelism.positions, parallelism.channels, parallelism.fc_multipliers,
                        GetParam() == Handoff::row};
    const auto kernels = static_cast<std::uint64_t>(random.pick(0, layer.kernels));
    const auto earliest = static_cast<Cycle>(random.pick(0, 40));
    const std::vector<Cycle> input = ready_rows(random, layer.input.height, GetParam());
    std::vector<Cycle> skip;
    if (layer.skip != kNoSource) {
      skip = ready_rows(random, layer.result.height, GetParam());
    }
    const LayerSchedule schedule(layer, parallelism, GetParam());
    const LayerRun run =
        schedule.run(earliest, kernels, input.data(), skip.empty() ? nullptr : skip.data());
    const TwinRun due = run_layer_twin(layer, unit, earliest, kernels, input, skip);
    SCOPED_TRACE("seed " + std::to_string(seed));
    ASSERT_EQ(schedule.depth(), twin_depth(layer, unit));
    ASSERT_EQ(run.start, due.start);
    ASSERT_EQ(run.slots, due.slots);
    ASSERT_EQ(run.row_ready, due.row_ready);
    ASSERT_EQ(run.finish, due.finish);
    ASSERT_EQ(run.stalled, due.stalled);
    stalled += due.stalled > 0 ? 1 : 0;
    without_slots += due.slots == 0 ? 1 : 0;
  }
  EXPECT_GT(without_slots, 20U);
  EXPECT_TRUE(GetParam() == Handoff::map ? stalled == 0 : stalled > 500U) << stalled;
}

INSTANTIATE_TEST_SUITE_P(LayerSchedule, AgainstTheTwin, testing::Values(Handoff::map, Handoff::row),
                         [](const testing::TestParamInfo<Handoff>& test) {
                           return test.param == Handoff::map ? "map" : "row";
                         });

}  // namespace
}  // namespace airnn::test
