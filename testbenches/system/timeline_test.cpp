// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "hw/common/check.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/trace_events.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using Slice = TraceEvents::Slice;

/// Random networks, of which some stop early; handoff, prefetch and memory by the seed.
class TimelineOfRandomNetworks : public testing::TestWithParam<unsigned> {
 protected:
  TimelineOfRandomNetworks()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())),
        path_((std::filesystem::temp_directory_path() /
               ("timeline_" + std::to_string(::getpid()) + "_" + std::to_string(GetParam())))
                  .string()) {
    params_.handoff = GetParam() % 2 == 0 ? Handoff::map : Handoff::row;
    params_.controller.prefetch = GetParam() / 2 % 2 == 0 ? Prefetch::none : Prefetch::next;
    params_.fabric_period_ps = random_.one_of<std::uint64_t>({10000, 5000, 3333});
    if (GetParam() / 4 % 2 == 1) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
  }
  ~TimelineOfRandomNetworks() override { std::filesystem::remove(path_); }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = GetParam() % 5 == 0 ? Scheme::base : Scheme::iterative;
    return options;
  }

  std::vector<std::uint8_t> record(SimulationOptions options) const {
    Simulation simulation(params_, image_, in_turn(inputs_), options);
    return encode_record(simulation.run());
  }

  TraceEvents events() const { return TraceEvents::of_file(path_); }

  std::vector<Slice> of(const TraceEvents& events, const std::string& track) const {
    const auto found = events.slices().find(track);
    return found == events.slices().end() ? std::vector<Slice>() : found->second;
  }

  /// The file's times are rounded down to nanoseconds.
  std::uint64_t time(std::uint64_t cycle) const {
    return cycle * params_.fabric_period_ps / 1000 * 1000;
  }

  /// In cycles: `working` of the arguments where there is one, else those that any slice covers.
  std::uint64_t working(const TraceEvents& events, const std::string& track) const {
    std::uint64_t cycles = 0;
    std::uint64_t covered = 0;
    std::uint64_t covered_until = 0;
    std::uint64_t time = 0;
    for (const Slice& slice : of(events, track)) {
      if (slice.args.contains("working")) {
        cycles += slice.args.at("working").get<std::uint64_t>();
      } else if (track != "control/read_weight_controller") {  // inputs and iterations
        const auto begin = slice.args.at("begin_cycle").get<std::uint64_t>();
        const auto end = slice.args.at("end_cycle").get<std::uint64_t>();
        covered += std::max(end, covered_until) - std::max(begin, covered_until);
        covered_until = std::max(end, covered_until);
        time += slice.end_ps - slice.begin_ps;
      }
    }
    if (params_.fabric_period_ps % 1000 == 0) {
      EXPECT_EQ(time, covered * params_.fabric_period_ps) << track;
    }
    return cycles + covered;
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  std::string path_;
};

TEST_P(TimelineOfRandomNetworks, AgreesWithTheResults) {
  SCOPED_TRACE(describe(image_));
  const auto plain = in_child([this] { return record({}); });
  SimulationOptions options;
  options.timeline = path_;
  const auto bytes = in_child([&] { return record(options); });
  EXPECT_EQ(bytes, plain) << "an observer changes nothing";
  const RunRecord result = decode_record(bytes);
  const TraceEvents trace = events();
  EXPECT_EQ(trace.overlap(), "");

  // Cycles of units.
  const UnitRecord& memory = result.units.front();
  for (std::size_t i = 0; i < result.units.size(); ++i) {
    const std::string& name = result.units[i].name;
    const bool is_control =
        name == "read_weight_controller" || name == "buffer_address_calculation";
    const std::string process = is_control                    ? "control"
                                : &result.units[i] == &memory ? "memory"
                                : name == "score_calculation" ? "score"
                                                              : "compute";
    EXPECT_EQ(working(trace, process + "/" + name),
              result.units[i].working + result.boot_units[i].working)
        << name;
  }

  // Runs of layers, and decisions.
  std::uint64_t iterations = 0;
  for (const InputRecord& input : result.inputs) {
    iterations += input.iterations;
  }
  for (const Layer& layer : image_.network().layers) {
    EXPECT_EQ(of(trace, "compute/" + layer.name).size(), iterations);
  }
  EXPECT_EQ(of(trace, "score/score_calculation").size(), iterations);

  // Reads.
  std::uint64_t bursts = 0;
  for (const char* stream : {"value", "column", "row", "layer"}) {
    for (const Slice& slice : of(trace, std::string("memory/reads: ") + stream)) {
      bursts += slice.args.at("bursts").get<std::uint64_t>();
    }
  }
  EXPECT_EQ(bursts, result.total_counts().dram_reads);
  std::uint64_t words = 0;
  for (const Slice& slice : of(trace, "control/buffer_address_calculation")) {
    words += slice.args.at("words").get<std::uint64_t>();
  }
  EXPECT_EQ(words, result.total_counts().words_placed);
}

TEST_P(TimelineOfRandomNetworks, InputsHoldIterationsHoldStates) {
  SimulationOptions options;
  options.timeline = path_;
  const RunRecord result = decode_record(in_child([&] { return record(options); }));
  std::uint64_t inputs = 0;
  std::uint64_t input_cycles = 0;
  std::uint64_t iterations = 0;
  std::uint64_t iteration_cycles = 0;
  std::uint64_t state_cycles = 0;
  for (const Slice& slice : of(events(), "control/read_weight_controller")) {
    const std::uint64_t cycles = slice.args.at("end_cycle").get<std::uint64_t>() -
                                 slice.args.at("begin_cycle").get<std::uint64_t>();
    EXPECT_EQ(slice.begin_ps, time(slice.args.at("begin_cycle")));
    EXPECT_EQ(slice.end_ps, time(slice.args.at("end_cycle")));
    if (slice.name.rfind("input ", 0) == 0) {
      EXPECT_EQ(cycles, result.inputs.at(inputs).cycles);
      EXPECT_EQ(slice.args.at("input"), inputs);
      ++inputs;
      input_cycles += cycles;
    } else if (slice.name.rfind("iteration ", 0) == 0) {
      ++iterations;
      iteration_cycles += cycles;
    } else {
      state_cycles += cycles;
    }
  }
  EXPECT_EQ(inputs, inputs_.size());
  EXPECT_EQ(iteration_cycles, input_cycles);
  EXPECT_EQ(state_cycles, input_cycles + result.boot_cycles);
  EXPECT_EQ(state_cycles, result.total_cycles());
}

TEST_P(TimelineOfRandomNetworks, ArrowsLeadFromReadsToPlacingToTheRun) {
  SimulationOptions options;
  options.timeline = path_;
  in_child([&] { return record(options); });
  const TraceEvents trace = events();
  std::uint64_t runs_with_new_weights = 0;
  for (const auto& [id, points] : trace.flows()) {
    ASSERT_EQ(points.size(), 3U) << "arrow " << id;
    const TraceEvents::FlowEnd& read = points.at('s');
    const TraceEvents::FlowEnd& placed = points.at('t');
    const TraceEvents::FlowEnd& used = points.at('f');
    EXPECT_EQ(read.track, "memory/reads: value");
    EXPECT_EQ(placed.track, "control/buffer_address_calculation");
    for (const TraceEvents::FlowEnd* end : {&read, &placed, &used}) {
      EXPECT_TRUE(trace.has_slice_at(end->track, end->time_ps)) << end->track;
    }
    EXPECT_LT(read.time_ps, placed.time_ps);
    EXPECT_LT(placed.time_ps, used.time_ps);
    EXPECT_EQ(used.track.rfind("compute/", 0), 0U);
  }
  // Each layer that got words of a batch has an arrow to the run of that iteration.
  std::set<std::string> placed;
  for (const Slice& slice : of(trace, "control/buffer_address_calculation")) {
    if (slice.args.contains("input")) {
      placed.insert(slice.name + slice.args.at("input").dump() + "/" +
                    slice.args.at("batch").dump());
    }
  }
  for (const auto& [track, slices] : trace.slices()) {
    for (const Slice& slice : slices) {
      if (track.rfind("compute/", 0) == 0 &&
          placed.count(slice.name + slice.args.at("input").dump() + "/" +
                       slice.args.at("iteration").dump()) > 0) {
        ++runs_with_new_weights;
      }
    }
  }
  EXPECT_EQ(trace.flows().size(), runs_with_new_weights);
  EXPECT_GT(runs_with_new_weights, 0U);
}

TEST_P(TimelineOfRandomNetworks, CountersReturnToZeroAndCountAllWeights) {
  SimulationOptions options;
  options.timeline = path_;
  in_child([&] { return record(options); });
  const TraceEvents trace = events();
  EXPECT_EQ(trace.counters().at("reads in flight").back().second, 0.0);
  EXPECT_EQ(trace.counters().at("bandwidth").back().second, 0.0);
  for (const auto& [time, reads] : trace.counters().at("reads in flight")) {
    EXPECT_LE(reads, params_.controller.fetch.outstanding_reads) << time;
  }
  for (const Layer& layer : image_.network().layers) {
    const auto weights = trace.counters().find("weights: " + layer.name);
    if (weights == trace.counters().end()) {
      continue;
    }
    for (const auto& [time, words] : weights->second) {
      EXPECT_LE(words, static_cast<double>(layer.kernels) * static_cast<double>(layer.columns))
          << time;
    }
  }
}

TEST_P(TimelineOfRandomNetworks, IsCompleteUpToABrokenRule) {
  SimulationOptions options;
  options.timeline = path_;
  std::size_t maps = 0;
  options.on_values = [&](std::uint32_t, std::uint32_t, std::uint32_t,
                          const std::vector<std::int32_t>&) {
    MODEL_CHECK(++maps < image_.network().layers.size(), "layer", "a rule is broken");
  };
  EXPECT_THROW(in_child([&] { return record(options); }), std::runtime_error);
  const TraceEvents trace = events();
  EXPECT_EQ(trace.overlap(), "");
  const std::vector<Slice> controller = of(trace, "control/read_weight_controller");
  ASSERT_FALSE(controller.empty());
  EXPECT_EQ(controller.back().name, "Compute");
  EXPECT_EQ(of(trace, "compute/" + image_.network().layers.back().name).size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimelineOfRandomNetworks, seeds(5000000, 16));

}  // namespace
}  // namespace airnn::test
