// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "hw/link/noc/mesh_layout.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/trace_events.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_mesh.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

class TimelineOfAMesh : public testing::TestWithParam<unsigned> {
 protected:
  TimelineOfAMesh()
      : random_(GetParam()),
        image_(image_of(random_.model(), random_.options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())),
        mesh_(random_mesh(random_, image_.network())),
        path_((std::filesystem::temp_directory_path() /
               ("mesh_timeline_" + std::to_string(::getpid()) + "_" + std::to_string(GetParam())))
                  .string()) {
    params_.handoff = Handoff::map;
    params_.link = mesh_link(mesh_);
    inputs_.push_back(inputs_.front());  // goes as one before
  }
  ~TimelineOfAMesh() override { std::filesystem::remove(path_); }

  std::vector<std::uint8_t> record(const std::string& timeline) const {
    return in_child([&] {
      SimulationOptions options;
      options.timeline = timeline;
      Simulation simulation(params_, image_, in_turn(inputs_), options);
      return encode_record(simulation.run());
    });
  }

  TraceEvents events() const { return TraceEvents::of_file(path_); }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  MeshLinkParams mesh_;
  std::string path_;
};

bool begins_with(const std::string& text, const std::string& begin) {
  return text.rfind(begin, 0) == 0;
}

TEST_P(TimelineOfAMesh, HasEveryFlitOnItsLinkAndArrowsAlongTheWay) {
  SCOPED_TRACE(describe(image_) + "\n" + text_of(mesh_));
  const auto bytes = record(path_);
  EXPECT_EQ(bytes, record("")) << "an observer changes nothing";
  const TraceEvents trace = events();
  EXPECT_EQ(trace.overlap(), "");
  std::uint64_t passed = 0;
  std::uint64_t injected = 0;
  std::uint64_t ejected = 0;
  for (const auto& [row, slices] : trace.slices()) {
    if (!begins_with(row, "mesh/")) {
      continue;
    }
    for (const TraceEvents::Slice& slice : slices) {
      const auto flits = slice.args.at("flits").get<std::uint64_t>();
      const auto working = slice.args.at("working").get<std::uint64_t>();
      EXPECT_EQ(working, flits * mesh_.mesh.link_cycles);
      EXPECT_LE(working, slice.args.at("end_cycle").get<std::uint64_t>() -
                             slice.args.at("begin_cycle").get<std::uint64_t>());
      EXPECT_GE(flits, slice.args.at("packets").get<std::uint64_t>());
      injected += begins_with(row, "mesh/injection") ? flits : 0;
      ejected += begins_with(row, "mesh/ejection") ? flits : 0;
      passed += begins_with(row, "mesh/injection") ? 0 : flits;
    }
  }
  EXPECT_EQ(injected, ejected);
  const Counts counts = decode_record(bytes).total_counts();
  std::uint64_t due = 0;
  for (const PricedAction& action : params_.link.counted) {
    due += action.action == Action::noc_link ? counts[action] : 0;
  }
  EXPECT_EQ(passed, due);
  unsigned ways = 0;
  for (const auto& [id, points] : trace.flows()) {
    if (!begins_with(points.at('s').track, "mesh/")) {
      continue;
    }
    ++ways;
    EXPECT_TRUE(begins_with(points.at('s').track, "mesh/injection"));
    EXPECT_TRUE(begins_with(points.at('f').track, "mesh/ejection"));
    EXPECT_LT(points.at('s').time_ps, points.at('f').time_ps);
    for (const auto& [kind, point] : points) {
      EXPECT_TRUE(trace.has_slice_at(point.track, point.time_ps)) << point.track;
    }
  }
  EXPECT_EQ(ways > 0, passed > 0);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimelineOfAMesh, seeds(8100, 6));

}  // namespace
}  // namespace airnn::test
