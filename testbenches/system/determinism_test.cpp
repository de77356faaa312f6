// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "hw/sim/workers/parallel_run.h"
#include "sw/compiler/image_builder.h"
#include "sw/format/errors.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_mesh.h"
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
    if (GetParam() / 8 % 2 == 1 && params_.handoff == Handoff::map) {
      params_.link = mesh_link(random_mesh(random_, image_.network()));
    }
    for (std::uint32_t i = 0; i < kInputs; ++i) {
      inputs_.push_back(random_.input(image_.network()));
    }
  }

  /// A memory whose answers depend on all that was before, if one lets it.
  void choose_ddr3() {
    Ddr3ControllerParams memory;
    Ddr3ChannelParams& channel = memory.channel;
    channel.part.timing.tck_ps = GetParam() % 2 == 0 ? 1071 : 1250;
    channel.part.timing.refi = 900;
    channel.max_postponed = GetParam() % 3;
    channel.page_policy = GetParam() / 2 % 2 == 0 ? PagePolicy::open : PagePolicy::adaptive;
    channel.power_down_after_cycles = 40;
    channel.self_refresh_after_cycles = 700;
    params_.memory = ddr3_memory(memory);
  }

  Bytes simulated(const std::vector<std::size_t>& build_order) const {
    return in_child([&] {
      SimulationOptions options;
      options.build_order = build_order;
      Simulation simulation(params_, image_, in_turn(inputs_), options);
      return encode_record(simulation.run());
    });
  }

  Bytes in_parallel(unsigned jobs, std::uint32_t count = kInputs) const {
    return in_child([&] {
      ParallelRun run;
      run.count = count;
      run.jobs = jobs;
      run.input = [this](std::uint32_t i) { return inputs_[i]; };
      return encode_record(run_parallel(params_, image_, run).record);
    });
  }

  /// The record of a run that fails when `finished` inputs are.
  Bytes failing_after(std::uint32_t finished) const {
    return in_child([&] {
      ParallelRun run;
      run.count = kInputs;
      run.input = [this](std::uint32_t i) { return inputs_[i]; };
      run.progress = [finished](std::uint32_t done) {
        if (done == finished) {
          throw DataError("enough");
        }
      };
      return record_of_failure(run, "enough");
    });
  }

  /// The record of a run in which input `lost` cannot be read.
  Bytes without(std::uint32_t lost, unsigned jobs) const {
    return in_child([&] {
      ParallelRun run;
      run.count = kInputs;
      run.jobs = jobs;
      run.input = [this, lost](std::uint32_t i) {
        if (i == lost) {
          throw DataError("input is damaged");
        }
        return inputs_[i];
      };
      return record_of_failure(run, "input is damaged");
    });
  }

  Bytes record_of_failure(const ParallelRun& run, const std::string& message) const {
    const ParallelResult result = run_parallel(params_, image_, run);
    if (!result.failure || result.failure->kind != FailureKind::input ||
        result.failure->message != message) {
      throw std::logic_error("the failure did not keep its kind: " +
                             (result.failure ? result.failure->message : "none"));
    }
    return encode_record(result.record);
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  std::vector<std::vector<std::int32_t>> inputs_;
};

/// What differs between two records; "[]" for equal ones.
std::string difference(const Bytes& found, const Bytes& expected) {
  using Json = nlohmann::json;
  return Json::diff(Json::from_cbor(expected), Json::from_cbor(found)).dump();
}

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

TEST_P(Determinism, ARunThatFailsKeepsWhatWasFinished) {
  for (std::uint32_t finished = 1; finished < kInputs; ++finished) {
    EXPECT_EQ(difference(failing_after(finished), in_parallel(1, finished)), "[]") << finished;
  }
  EXPECT_EQ(decode_record(without(0, 1)).inputs.size(), 0U);
}

TEST_P(Determinism, AWorkerThatFailsEndsTheOthersAndTheFirstInputsAreKept) {
  for (const std::uint32_t lost : {kInputs / 2, kInputs - 1}) {
    // How far the first of two workers comes until it hears of the second, time decides.
    const Bytes bytes = without(lost, 2);
    const auto finished = static_cast<std::uint32_t>(decode_record(bytes).inputs.size());
    ASSERT_LE(finished, lost);
    if (finished > 0) {
      EXPECT_EQ(difference(bytes, in_parallel(1, finished)), "[]");
    }
  }
  EXPECT_EQ(decode_record(without(0, 2)).inputs.size(), 0U);
}

TEST_P(Determinism, RecordSurvivesItsEncoding) {
  const Bytes bytes = simulated({});
  EXPECT_EQ(encode_record(decode_record(bytes)), bytes);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Determinism, testing::Range(300U, 316U));

}  // namespace
}  // namespace airnn::test
