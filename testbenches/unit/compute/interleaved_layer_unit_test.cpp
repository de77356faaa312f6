// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "testbenches/support/sim_test.h"
#include "testbenches/unit/compute/layer_bench.h"
#include "testbenches/unit/compute/random_groups.h"
#include "testbenches/unit/golden/small_network.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

constexpr Cycle kLoaded = 4000;  ///< weights are placed before this cycle

class InterleavedLayerUnit
    : public SimTest,
      public testing::WithParamInterface<std::tuple<InterleavePolicy, unsigned>> {
 protected:
  /// A convolution with windows, and groups that its weights allow.
  void build() {
    do {
      drawn_ = random_.draw(LayerKind::convolution);
    } while (drawn_.layer.window.area() < 2);
    LayerBenchSettings settings;
    settings.policy = std::get<0>(GetParam());
    settings.parallelism = {random_.pick(1, 6), std::max(0, random_.pick(-3, 5)), 0};
    settings.handoff = random_.pick(0, 1) == 0 ? Handoff::map : Handoff::row;
    if (settings.policy != InterleavePolicy::position) {
      settings.blocks = 1U << random_.pick(0, 3);
      while (settings.blocks > static_cast<std::uint32_t>(drawn_.layer.window.area())) {
        settings.blocks /= 2;
      }
    }
    groups_ = fitting_groups(drawn_, settings.policy, settings.blocks);
    for (const KernelGroup& group : groups_) {
      for (const GroupedKernel& kernel : group) {
        single_.push_back({{kernel.kernel, 0, kernel.blocks == 0 ? 0 : settings.blocks}});
      }
    }
    bench_ = std::make_unique<LayerBench>("bench", drawn_, settings, clock_);
    bench_->send_parameters(16);
  }

  void check(std::size_t n) const;
  void check_counts(const LayerDone& done, bool grouped) const;

  LayerGenerator random_{std::get<1>(GetParam())};
  RandomLayer drawn_;
  KernelGroups groups_;
  KernelGroups single_;  ///< of one kernel each
  std::unique_ptr<LayerBench> bench_;
};

void InterleavedLayerUnit::check(std::size_t n) const {
  SCOPED_TRACE("run " + std::to_string(n));
  const LayerDone& done = bench_->runs[n].done;
  const Cycle before = n == 0 ? 0 : bench_->runs[n - 1].done.finish;
  const TwinRun due = bench_->due(n, std::max(bench_->operands_arrive(n), before));
  EXPECT_EQ(done.start, due.start);
  EXPECT_EQ(done.finish, due.finish);
  EXPECT_EQ(done.slots, due.slots);
  EXPECT_EQ(bench_->output_rows.at(n), due.row_ready);
  EXPECT_EQ(bench_->outputs.at(n), drawn_.expected_output());
  const KernelGroups* groups = bench_->groups[n];
  EXPECT_EQ(done.groups, groups == nullptr ? drawn_.nonzero_kernels() : groups->size());
  EXPECT_EQ(done.nonzero_kernels, drawn_.nonzero_kernels());
  check_counts(done, groups != nullptr);
}

void InterleavedLayerUnit::check_counts(const LayerDone& done, bool grouped) const {
  const Layer& layer = drawn_.layer;
  const LayerBenchSettings& settings = bench_->settings;
  const std::int32_t channels = layer.input.channels / layer.groups;
  const std::int32_t limit = settings.parallelism.channels;
  const auto units = static_cast<std::uint64_t>(
      settings.parallelism.positions * (limit == 0 ? channels : std::min(limit, channels)));
  const std::uint64_t multiplications =
      drawn_.nonzero_weights() *
      static_cast<std::uint64_t>(layer.result.height * layer.result.width);
  EXPECT_EQ(done.multiplications, multiplications);
  EXPECT_EQ(done.multiplications + done.idle_multiplications,
            done.slots * units * static_cast<std::uint64_t>(layer.window.area()));
  std::uint64_t multiplexers = 0;
  std::uint64_t flags = 0;
  if (grouped && settings.policy == InterleavePolicy::position) {
    multiplexers = 2 * multiplications;
    flags = 2 * multiplications;
  } else if (grouped) {
    // Two behind each adder of the tree over the blocks.
    for (std::uint32_t adders = settings.blocks / 2; adders > 0; adders /= 2) {
      multiplexers += 2 * adders * units * done.slots;
    }
    flags = settings.blocks * units * done.slots;
  }
  EXPECT_EQ(done.counts[Action::multiplexer], multiplexers);
  EXPECT_EQ(done.counts[Action::flag_read], flags);
  EXPECT_EQ(done.counts[Action::operand_select],
            grouped && settings.policy == InterleavePolicy::block ? multiplications : 0);
}

/// An iteration without tables between two with different ones, and one table twice.
TEST_P(InterleavedLayerUnit, IssuesAGroupPerSlotInTheTwinsCyclesWithTheRightValues) {
  build();
  bench_->groups = {&single_, &groups_, nullptr, &groups_, &single_};
  run([&] {
    wait_until(kLoaded);
    for (std::size_t n = 0; n < bench_->groups.size(); ++n) {
      const Cycle t = clock_.now();
      bench_->control.send(
          {ControlKind::configure, 0, static_cast<std::uint32_t>(n + 1), bench_->groups[n]});
      bench_->send_map(drawn_.input, {}, t + 2);
      if (bench_->skips != nullptr) {
        bench_->send_skip(drawn_.skip, {}, t + 2);
      }
      while (bench_->runs.size() <= n) {
        sc_core::wait(clock_.duration(1));
      }
      wait_until(bench_->runs[n].done.finish + static_cast<Cycle>(random_.pick(0, 20)));
    }
  });
  ASSERT_EQ(bench_->runs.size(), bench_->groups.size());
  for (std::size_t n = 0; n < bench_->runs.size(); ++n) {
    check(n);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, InterleavedLayerUnit,
                         testing::Combine(testing::Values(InterleavePolicy::block,
                                                          InterleavePolicy::block_fixed,
                                                          InterleavePolicy::position),
                                          testing::Range(0U, 10U)),
                         [](const testing::TestParamInfo<InterleavedLayerUnit::ParamType>& test) {
                           return std::string(to_string(std::get<0>(test.param))) + "_" +
                                  std::to_string(std::get<1>(test.param));
                         });

/// Five kernels over one channel, windows of 2x2 in two blocks of two multipliers; the last kernel
/// is all zero.
class WrongGroups : public SimTest {
 protected:
  static constexpr std::array<std::array<std::int32_t, 4>, 5> kKernels = {
      {{1, 1, 0, 0}, {0, 0, 1, 1}, {0, 1, 1, 0}, {1, 1, 1, 0}, {0, 0, 0, 0}}};

  static RandomLayer layer(std::int32_t groups) {
    RandomLayer drawn;
    const FixedFormat format{32, 0};
    Window window;
    window.kernel_h = window.kernel_w = 2;
    drawn.layer =
        golden::test::convolution({groups, 3, 3}, 5 * groups, window, format, format, groups);
    drawn.layer.source = kNetworkInput;
    drawn.input_format = drawn.skip_format = format;
    for (std::int32_t i = 0; i < groups; ++i) {
      for (const auto& kernel : kKernels) {
        drawn.weights.insert(drawn.weights.end(), kernel.begin(), kernel.end());
      }
    }
    drawn.biases.assign(static_cast<std::size_t>(drawn.layer.kernels), 0);
    drawn.input.assign(static_cast<std::size_t>(drawn.layer.input.size()), 1);
    return drawn;
  }

  /// The message with which a run ends.
  std::string failure(InterleavePolicy policy, const KernelGroups& groups,
                      std::int32_t windows = 1) {
    LayerBenchSettings settings;
    settings.policy = policy;
    settings.blocks = policy == InterleavePolicy::position ? 1 : 2;
    LayerBench bench("bench", layer(windows), settings, clock_);
    bench.send_parameters(16);
    bench.control.send({ControlKind::configure, 0, 1, &groups}, kLoaded);
    bench.send_map(bench.drawn.input, {}, kLoaded + 2);
    const std::string message = run_to_failure();
    runs_ = bench.runs.size();
    return message;
  }

  std::size_t runs_ = 0;  ///< that began
};

TEST_F(WrongGroups, EndNoRunIfTheyAreRight) {
  EXPECT_EQ(
      failure(InterleavePolicy::block_fixed, {{{0, 0, 1}, {1, 1, 1}}, {{2, 0, 2}}, {{3, 0, 2}}}),
      "");
  EXPECT_EQ(runs_, 1U);
}

TEST_F(WrongGroups, AKernelIsMissing) {
  EXPECT_THAT(failure(InterleavePolicy::block, {{{0, 0, 1}, {1, 1, 1}}, {{3, 0, 2}}}),
              HasSubstr("the groups do not fit: kernel 2 has 2 weights but is in no group (P9)"));
}

TEST_F(WrongGroups, AnEmptyKernelIsInAGroup) {
  EXPECT_THAT(failure(InterleavePolicy::block,
                      {{{0, 0, 1}, {1, 1, 1}}, {{2, 0, 1}, {4, 1, 1}}, {{3, 0, 2}}}),
              HasSubstr("kernel 4 is in a group but has no weights (P9)"));
}

TEST_F(WrongGroups, AKernelIsInTooFewBlocks) {
  EXPECT_THAT(failure(InterleavePolicy::block, {{{0, 0, 1}, {1, 1, 1}}, {{2, 0, 1}, {3, 1, 1}}}),
              HasSubstr("kernel 3 has 3 weights in channel 0, its blocks have 2 multipliers (P9)"));
}

TEST_F(WrongGroups, AKernelHasAWeightOutsideOfItsBlocks) {
  EXPECT_THAT(
      failure(InterleavePolicy::block_fixed, {{{0, 0, 1}, {2, 1, 1}}, {{1, 0, 2}}, {{3, 0, 2}}}),
      HasSubstr("kernel 2 has in channel 0 a weight at multiplier 1, in block 0; it owns 1 "
                "from block 1 on (P9)"));
}

TEST_F(WrongGroups, TwoWeightsAreAtOneMultiplier) {
  EXPECT_THAT(failure(InterleavePolicy::position, {{{0, 0, 0}, {1, 1, 0}}, {{2, 0, 0}, {3, 1, 0}}}),
              HasSubstr("kernel 3 has in channel 0 a weight at multiplier 1, where kernel 2 of its "
                        "group has one (P9)"));
}

TEST_F(WrongGroups, TwoKernelsOwnABlock) {
  EXPECT_THAT(failure(InterleavePolicy::block, {{{0, 0, 2}, {1, 1, 1}}, {{2, 0, 2}}, {{3, 0, 2}}}),
              HasSubstr("kernel 1 owns block 1, which another of its group has (P9)"));
}

TEST_F(WrongGroups, AKernelDoesNotExist) {
  EXPECT_THAT(failure(InterleavePolicy::block, {{{0, 0, 1}, {9, 1, 1}}, {{2, 0, 2}}, {{3, 0, 2}}}),
              HasSubstr("kernel 9 does not exist (P9)"));
}

TEST_F(WrongGroups, ATagIsNotThePlaceInTheGroup) {
  EXPECT_THAT(
      failure(InterleavePolicy::position, {{{0, 1, 0}, {1, 0, 0}}, {{2, 0, 0}}, {{3, 0, 0}}}),
      HasSubstr("kernel 0 has another tag than its place in the group (P9)"));
}

TEST_F(WrongGroups, KernelsOfOneGroupReadDifferentChannels) {
  const KernelGroups groups = {{{0, 0, 1}, {6, 1, 1}},
                               {{1, 0, 2}},
                               {{2, 0, 2}},
                               {{3, 0, 2}},
                               {{5, 0, 2}},
                               {{7, 0, 2}},
                               {{8, 0, 2}}};
  EXPECT_THAT(failure(InterleavePolicy::block, groups, 2),
              HasSubstr("kernel 6 reads other channels than kernel 0 of its group (P9)"));
}

}  // namespace
}  // namespace airnn::test
