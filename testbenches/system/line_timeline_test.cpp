// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "hw/sim/simulation.h"
#include "sw/format/unit_names.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/trace_events.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

class TimelineOfLines : public testing::TestWithParam<unsigned> {};

/// `place` says the cycles; what is expanded stands in the rows once, and nothing else does.
TEST_P(TimelineOfLines, HasTheCyclesAndWordsOfEachDecompressor) {
  RandomModel random(GetParam());
  CompileOptions options = random.options();
  options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative});
  options.weights = WeightForm::line;
  options.lines.delta = 5;
  if (options.scheme == Scheme::base) {
    options.lines.layers = {"largest"};
  }
  const MemoryImage image = image_of(random.model(), options);
  SCOPED_TRACE(describe(image));
  const AcceleratorParams params = random_params(random, image);
  const Maps inputs = random_inputs(random, image.network());
  const std::string path =
      (std::filesystem::temp_directory_path() / ("line_timeline_" + std::to_string(::getpid())))
          .string();
  const RunRecord record = decode_record(in_child([&] {
    SimulationOptions with_timeline;
    with_timeline.timeline = path;
    Simulation simulation(params, image, in_turn(inputs), with_timeline);
    return encode_record(simulation.run());
  }));
  const TraceEvents trace = TraceEvents::of_file(path);
  std::filesystem::remove(path);
  EXPECT_EQ(trace.overlap(), "");
  std::uint64_t words = 0;
  std::uint64_t segments = 0;
  for (std::size_t l = 0; l < image.network().layers.size(); ++l) {
    const Layer& layer = image.network().layers[l];
    const auto row = trace.slices().find("compute/" + decompressor_name(layer.name));
    if (!layer.has_lines) {
      EXPECT_EQ(row, trace.slices().end()) << layer.name;
      continue;
    }
    ASSERT_NE(row, trace.slices().end()) << layer.name;
    std::uint64_t working = 0;
    for (const TraceEvents::Slice& slice : row->second) {
      EXPECT_EQ(slice.args.at("layer"), layer.name);
      working += slice.args.at("working").get<std::uint64_t>();
      words += slice.args.at("words").get<std::uint64_t>();
      segments += slice.args.at("segments").get<std::uint64_t>();
    }
    std::uint64_t due = 0;
    for (const std::vector<UnitRecord>* units : {&record.boot_units, &record.units}) {
      for (const UnitRecord& unit : *units) {
        due += unit.name == decompressor_name(layer.name) ? unit.working : 0;
      }
    }
    EXPECT_EQ(working, due) << layer.name;
  }
  EXPECT_GT(words, 0U);
  EXPECT_EQ(words, record.total_counts()[Action::line_expand]);
  EXPECT_EQ(segments, record.total_counts()[Action::line_segment]);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimelineOfLines, seeds(8200, 4));

}  // namespace
}  // namespace airnn::test
