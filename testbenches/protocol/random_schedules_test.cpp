// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "hw/top/stream_plan.h"
#include "sw/golden/fixed_inference.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/slow_streams.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_mesh.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// How a run ended.
enum class End : std::uint8_t {
  right,     ///< with the results of the reference
  wrong,     ///< with others, and nobody said anything
  reported,  ///< with a broken rule, or by a unit that could not go on
  hung,      ///< by the watchdog
};

struct Outcome {
  End end = End::right;
  std::string report;
};

/// A small network on a machine of any parameters, with slow streams, and faults or none.
class Schedule {
 public:
  explicit Schedule(unsigned seed) : seed_(seed), random_(seed), image_(draw_image()) {
    params_ = random_params(random_, image_);
    params_.controller.prefetch =
        random_.one_of<Prefetch>({Prefetch::none, Prefetch::none, Prefetch::none, Prefetch::next});
    if (random_.pick(0, 2) == 0) {
      params_.memory = ddr3_memory(random_ddr3(seed));
    }
    inputs_ = random_inputs(random_, image_.network());
    most_delay_ = random_.one_of<Cycle>({0, 1, 5, 40});
    if (seed % 3 == 0) {
      RandomModel more(seed);
      params_.handoff = Handoff::map;
      params_.link = mesh_link(random_mesh(more, image_.network()));
    }
  }

  void add_faults() {
    const std::vector<std::string> streams = stream_names(image_.network());
    for (std::int64_t n = random_.pick(1, 3); n > 0; --n) {
      Fault fault;
      fault.kind = random_.one_of<FaultKind>({FaultKind::bit_flip, FaultKind::bit_flip,
                                              FaultKind::stuck_stream, FaultKind::delayed_response,
                                              FaultKind::dropped_burst});
      fault.cycle = static_cast<Cycle>(random_.pick(0, random_.one_of<std::int64_t>({200, 20000})));
      // The image, and the input maps behind it.
      const auto bytes = static_cast<std::int64_t>(image_.bytes().size);
      fault.address = static_cast<std::uint64_t>(random_.pick(0, bytes + bytes / 8));
      fault.bit = static_cast<unsigned>(random_.pick(0, 7));
      fault.stream = random_.one_of(streams);
      fault.read = static_cast<std::uint64_t>(random_.pick(0, bytes / 64));
      fault.delay = static_cast<Cycle>(random_.pick(1, 3000));
      faults_.push_back(fault);
    }
  }

  /// In a process of its own, which is ended if it does not come to an end.
  Outcome run() const {
    const std::vector<std::uint8_t> bytes = in_child([this] {
      alarm(60);
      const Outcome outcome = simulate();
      const std::string text = static_cast<char>(outcome.end) + outcome.report;
      return std::vector<std::uint8_t>(text.begin(), text.end());
    });
    return {static_cast<End>(bytes.at(0)), std::string(bytes.begin() + 1, bytes.end())};
  }

 private:
  MemoryImage draw_image() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return image_of(random_.model(), options);
  }

  Outcome simulate() const {
    SlowStreams slow(seed_, most_delay_, params_.fabric_period_ps);
    SimulationOptions options;
    options.faults = faults_;
    options.stages = {&slow};
    try {
      Simulation simulation(params_, image_, in_turn(inputs_), options);
      return {is_right(simulation.run()) ? End::right : End::wrong, ""};
    } catch (const SimulationError& error) {
      const std::string report = error.what();
      return {report.find("/watchdog") == std::string::npos ? End::reported : End::hung, report};
    }
  }

  bool is_right(const RunRecord& record) const {
    const golden::FixedInference reference(image_);
    const auto mode =
        params_.score == ScoreMode::raw ? golden::ScoreMode::raw : golden::ScoreMode::softmax;
    for (std::size_t n = 0; n < inputs_.size(); ++n) {
      const InputRecord& got = record.inputs.at(n);
      const golden::Classification due = reference.classify(
          inputs_[n], params_.threshold, mode, static_cast<int>(params_.min_iterations));
      if (static_cast<int>(got.iterations) != due.iterations ||
          static_cast<int>(got.prediction) != due.prediction || got.scores != due.scores) {
        return false;
      }
    }
    return record.inputs.size() == inputs_.size();
  }

  unsigned seed_;
  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  Cycle most_delay_ = 0;
  std::vector<Fault> faults_;
};

constexpr unsigned kSchedules = 50;  ///< of a test

class RandomSchedules : public testing::TestWithParam<unsigned> {};

TEST_P(RandomSchedules, OfStallsAreAcceptedAndGiveTheResultsOfTheReference) {
  for (unsigned i = 0; i < kSchedules; ++i) {
    const unsigned seed = GetParam() * kSchedules + i;
    const Outcome outcome = Schedule(seed).run();
    ASSERT_EQ(outcome.end, End::right) << "seed " << seed << ": " << outcome.report;
  }
}

TEST_P(RandomSchedules, OfFaultsGiveWrongResultsNeverWithoutAReport) {
  unsigned reports = 0;
  for (unsigned i = 0; i < kSchedules; ++i) {
    const unsigned seed = GetParam() * kSchedules + i;
    Schedule schedule(seed);
    schedule.add_faults();
    const Outcome outcome = schedule.run();
    ASSERT_NE(outcome.end, End::wrong) << "seed " << seed;
    if (outcome.end == End::hung) {
      EXPECT_NE(outcome.report.find(" waits for "), std::string::npos) << outcome.report;
    }
    reports += outcome.end == End::right ? 0 : 1;
  }
  EXPECT_GT(reports, 0U);
  EXPECT_LT(reports, kSchedules) << "some faults meet nothing";
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSchedules, seeds(1, 10));

}  // namespace
}  // namespace airnn::test
