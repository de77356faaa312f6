// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/timeline.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/trace_events.h"

namespace airnn::test {
namespace {

constexpr std::uint64_t kPeriodPs = 10'000;  // ps

/// A timeline that is told of a boot of 20 cycles, and of the first input of a set from its sixth
/// on: two iterations, from cycle 30 to 200.
class TimelineOfEvents : public testing::Test {
 protected:
  TimelineOfEvents() : timeline_(path(), params()) {}

  static TimelineParams params() {
    TimelineParams params;
    params.period_ps = kPeriodPs;
    params.score_fraction_bits = 4;
    params.first_input = 5;
    params.memory = "flat_memory";
    params.layers = {"conv", "fc"};
    return params;
  }
  std::string path() const { return folder_.path() + "/timeline.json"; }

  void enter(Cycle cycle, ControllerState state, std::uint32_t iteration) {
    timeline_.entered({cycle, state, 0, iteration});
  }
  void boot() {
    enter(0, ControllerState::boot, 0);
    read(2, 12);
    timeline_.entered({20, ControllerState::idle, 0, 0});
  }
  void read(Cycle requested, Cycle arrived, FetchStream stream = FetchStream::value) {
    timeline_.requested({requested, 0, stream});
    timeline_.arrived({arrived, stream});
  }
  void place(Cycle begin, std::uint32_t layer, std::uint32_t words) {
    timeline_.placed({begin, begin + 2, layer, words});
  }
  void compute(Cycle start, Cycle finish, std::uint32_t layer, std::uint32_t iteration) {
    LayerDone run;
    run.start = start;
    run.finish = finish;
    run.layer = layer;
    run.iteration = iteration;
    run.multiplications = 30;
    run.idle_multiplications = 10;
    timeline_.computed(run);
  }
  /// The input until the middle of its second iteration.
  void most_of_an_input() {
    enter(30, ControllerState::reset_buffers, 1);
    enter(35, ControllerState::load_input, 1);
    read(36, 40);
    enter(45, ControllerState::fetch_batch, 1);
    read(46, 50);
    timeline_.memory_spent({52, 4, 0, 0});
    timeline_.memory_spent({54, 2, 0, 0});
    timeline_.memory_spent({60, 3, 0, 0});
    place(53, 0, 16);
    place(54, 1, 8);
    timeline_.controller_spent({70, 11, 13, 1});
    enter(70, ControllerState::compute, 1);
    compute(71, 90, 0, 1);
    compute(91, 99, 1, 1);
    enter(100, ControllerState::await_decision, 1);
    enter(110, ControllerState::fetch_batch, 2);
    read(111, 130);
    place(133, 0, 4);
    enter(140, ControllerState::compute, 2);
    compute(141, 160, 0, 2);
  }
  void rest_of_the_input() {
    compute(161, 170, 1, 2);
    enter(180, ControllerState::await_decision, 2);
    enter(190, ControllerState::finish, 2);
    timeline_.entered({200, ControllerState::idle, 0, 0});
  }
  TraceEvents events() {
    timeline_.commit();
    return TraceEvents::of_file(path());
  }
  /// "name begin-end", in cycles.
  static std::vector<std::string> shown(const TraceEvents& events, const std::string& track) {
    std::vector<std::string> all;
    for (const TraceEvents::Slice& slice : events.slices().at(track)) {
      all.push_back(slice.name + " " + std::to_string(slice.begin_ps / kPeriodPs) + "-" +
                    std::to_string(slice.end_ps / kPeriodPs));
    }
    return all;
  }
  using Texts = std::vector<std::string>;

  ScratchFolder folder_;
  Timeline timeline_;
};

constexpr const char* kControllerTrack = "control/read_weight_controller";

TEST_F(TimelineOfEvents, StatesLieInIterationsAndTheseInInputs) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  const TraceEvents all = events();
  EXPECT_EQ(shown(all, kControllerTrack),
            (Texts{"Boot 0-20", "input 5 30-200", "iteration 1 30-110", "ResetBuffers 30-35",
                   "LoadInput 35-45", "FetchBatch 45-70", "Compute 70-100", "AwaitDecision 100-110",
                   "iteration 2 110-200", "FetchBatch 110-140", "Compute 140-180",
                   "AwaitDecision 180-190", "Finish 190-200"}));
  EXPECT_EQ(all.overlap(), "");
  for (const TraceEvents::Slice& slice : all.slices().at(kControllerTrack)) {
    if (slice.name == "FetchBatch" && slice.begin_ps == 45 * kPeriodPs) {
      EXPECT_EQ(slice.args.at("working"), 11);
      EXPECT_EQ(slice.args.at("waiting_for_input"), 13);
      EXPECT_EQ(slice.args.at("waiting_for_credit"), 1);
      EXPECT_EQ(slice.args.at("input"), 5);
      EXPECT_EQ(slice.args.at("iteration"), 1);
    }
  }
}

TEST_F(TimelineOfEvents, ReadsSayWhatTheyAreFor) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  const TraceEvents all = events();
  EXPECT_EQ(
      shown(all, "memory/reads: value"),
      (Texts{"directory and biases 2-12", "input map 36-40", "batch 1 46-50", "batch 2 111-130"}));
}

TEST_F(TimelineOfEvents, BusyStretchesOfTheMemoryAreJoinedWhereTheyMeet) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  EXPECT_EQ(shown(events(), "memory/flat_memory"), (Texts{"busy 48-54", "busy 57-60"}));
}

TEST_F(TimelineOfEvents, LayersShowRunsAndTheUseOfTheirMultipliers) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  const TraceEvents all = events();
  EXPECT_EQ(shown(all, "compute/conv"), (Texts{"conv 71-90", "conv 141-160"}));
  EXPECT_EQ(shown(all, "compute/fc"), (Texts{"fc 91-99", "fc 161-170"}));
  const auto& use = all.counters().at("multiplier use: conv");
  ASSERT_EQ(use.size(), 4U);
  EXPECT_DOUBLE_EQ(use[0].second, 0.75);
  EXPECT_EQ(use[1].second, 0);
  EXPECT_EQ(use[1].first, 90 * kPeriodPs);
}

TEST_F(TimelineOfEvents, ArrowsLeadFromAReadToTheRunThatUsesItsWords) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  const TraceEvents all = events();
  // conv in both iterations, fc in the first: it got nothing new in the second.
  ASSERT_EQ(all.flows().size(), 3U);
  for (const auto& [id, ends] : all.flows()) {
    EXPECT_TRUE(all.has_slice_at(ends.at('s').track, ends.at('s').time_ps)) << id;
    EXPECT_TRUE(all.has_slice_at(ends.at('f').track, ends.at('f').time_ps)) << id;
    EXPECT_LT(ends.at('s').time_ps, ends.at('t').time_ps) << id;
    EXPECT_LT(ends.at('t').time_ps, ends.at('f').time_ps) << id;
  }
  EXPECT_EQ(all.flows().begin()->second.at('f').time_ps, 71 * kPeriodPs);
}

TEST_F(TimelineOfEvents, WeightsGrowToAllThatWerePlaced) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  const TraceEvents all = events();
  const auto& conv = all.counters().at("weights: conv");
  EXPECT_EQ(conv.front(), std::make_pair(30 * kPeriodPs, 0.0)) << "from the reset on";
  EXPECT_EQ(conv.back(), std::make_pair(135 * kPeriodPs, 20.0));
  EXPECT_EQ(all.counters().at("weights: fc").back().second, 8);
  EXPECT_EQ(all.counters().at("reads in flight").back().second, 0);
}

TEST_F(TimelineOfEvents, OfARunThatWasEndedAreShownAsFarAsTheyAreKnown) {
  boot();
  most_of_an_input();
  const TraceEvents all = events();
  EXPECT_EQ(all.overlap(), "");
  const Texts states = shown(all, kControllerTrack);
  EXPECT_EQ(states.at(1), "input 5 30-160");
  EXPECT_EQ(states.back(), "Compute 140-160");
}

TEST_F(TimelineOfEvents, WithoutItsEndThereIsNoFile) {
  boot();
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(TimelineOfEvents, EveryInputBeginsAnew) {
  boot();
  most_of_an_input();
  rest_of_the_input();
  timeline_.entered({300, ControllerState::reset_buffers, 1, 1});
  timeline_.entered({310, ControllerState::fetch_batch, 1, 1});
  timeline_.entered({340, ControllerState::finish, 1, 1});
  timeline_.entered({350, ControllerState::idle, 1, 0});
  const TraceEvents all = events();
  EXPECT_EQ(shown(all, kControllerTrack).at(13), "input 6 300-350");
  EXPECT_EQ(shown(all, "compute/conv").size(), 2U) << "what was written is forgotten";
}

}  // namespace
}  // namespace airnn::test
