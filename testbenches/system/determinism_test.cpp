// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "hw/sim/parallel_run.h"
#include "hw/sim/record_codec.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_model.h"

namespace airnn::test {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::uint32_t kInputs = 7;

/// A random network with inputs, of which some stop early.
class Determinism : public testing::TestWithParam<unsigned> {
 protected:
  Determinism()
      : random_(GetParam()),
        image_(MemoryImage::parse(compile(random_.model(), random_.options()).image, "random")),
        params_(default_params(image_)) {
    params_.threshold = 0.4;
    params_.handoff = GetParam() % 2 == 0 ? Handoff::map : Handoff::row;
    params_.controller.prefetch = GetParam() / 2 % 2 == 0 ? Prefetch::none : Prefetch::next;
    if (GetParam() / 4 % 2 == 1) {
      choose_ddr3();
    }
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      inputs_.push_back(random_.input(image_.network()));
    }
  }

  /// A memory whose answers depend on all that was before, if one lets it.
  void choose_ddr3() {
    params_.memory.model = MemoryModel::ddr3;
    Ddr3ChannelParams& channel = params_.memory.ddr3.channel;
    channel.part.timing.tck_ps = GetParam() % 2 == 0 ? 1071 : 1250;
    channel.part.timing.refi = 900;
    channel.max_postponed = GetParam() % 3;
    channel.page_policy = GetParam() / 2 % 2 == 0 ? PagePolicy::open : PagePolicy::adaptive;
    channel.power_down_after_cycles = 40;
    channel.self_refresh_after_cycles = 700;
  }

  Bytes simulated(const std::vector<std::size_t>& build_order) const {
    return in_child([&] {
      std::size_t next = 0;
      SimulationOptions options;
      options.build_order = build_order;
      Simulation simulation(
          params_, image_,
          [&](std::vector<std::int32_t>& map) {
            if (next == inputs_.size()) {
              return false;
            }
            map = inputs_[next++];
            return true;
          },
          options);
      return encode_record(simulation.run());
    });
  }

  Bytes in_parallel(unsigned jobs) const {
    return in_child([&] {
      ParallelRun run;
      run.count = kInputs;
      run.jobs = jobs;
      run.input = [this](std::uint32_t i) { return inputs_[i]; };
      return encode_record(run_parallel(params_, image_, run).record);
    });
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  std::vector<std::vector<std::int32_t>> inputs_;
};

TEST_P(Determinism, OrderOfConstructionDoesNotMatter) {
  const Bytes expected = simulated({});
  EXPECT_EQ(decode_record(expected).inputs.size(), kInputs);
  EXPECT_EQ(simulated({}), expected) << "the same run again";
  std::vector<std::size_t> order(6 + image_.network().layers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::reverse(order.begin(), order.end());
  EXPECT_EQ(simulated(order), expected) << "backwards";
  std::mt19937 shuffler(GetParam());
  for (int i = 0; i < 6; ++i) {
    std::shuffle(order.begin(), order.end(), shuffler);
    EXPECT_EQ(simulated(order), expected) << testing::PrintToString(order);
  }
}

TEST_P(Determinism, NumberOfJobsDoesNotMatter) {
  const Bytes expected = in_parallel(1);
  EXPECT_EQ(expected, simulated({}));
  for (const unsigned jobs : {2U, 3U, kInputs, kInputs + 5}) {
    EXPECT_EQ(in_parallel(jobs), expected) << jobs << " jobs";
  }
}

TEST_P(Determinism, RecordSurvivesItsEncoding) {
  const Bytes bytes = simulated({});
  EXPECT_EQ(encode_record(decode_record(bytes)), bytes);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Determinism, testing::Range(300U, 316U));

}  // namespace
}  // namespace airnn::test
