// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "hw/link/noc/mesh_layout.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/trace_events.h"
#include "testbenches/support/vcd_file.h"
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

  /// Flits by the name of the link.
  static std::map<std::string, std::uint64_t> flits_of_rows(const TraceEvents& trace) {
    std::map<std::string, std::uint64_t> flits;
    for (const auto& [row, slices] : trace.slices()) {
      const std::string link = row.substr(row.find('/') + 1);
      for (const TraceEvents::Slice& slice : slices) {
        flits[link.substr(0, link.find(','))] += slice.args.value("flits", std::uint64_t{0});
      }
    }
    return flits;
  }

  void expect_loads(const RunRecord& record, const std::map<std::string, std::uint64_t>& flits) {
    LinkRecord link = record.boot_link;
    link += record.link;
    ASSERT_EQ(link.nodes.size(), mesh_.mesh.nodes());
    for (const LinkWire& wire : link.wires) {
      const auto seen = flits.find(wire.name);
      EXPECT_EQ(wire.load.flits, seen == flits.end() ? 0 : seen->second) << wire.name;
      EXPECT_EQ(wire.load.busy, wire.load.flits * mesh_.mesh.link_cycles);
    }
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  MeshLinkParams mesh_;
  std::string path_;
};

/// In which a bit is 1; it is not at the end.
std::uint64_t cycles_of(const VcdSignal& bit, std::uint64_t period_ps) {
  std::uint64_t time = 0;
  for (auto change = bit.changes.begin(); change != bit.changes.end(); ++change) {
    const auto next = std::next(change);
    time += change->second == "1" && next != bit.changes.end() ? next->first - change->first : 0;
  }
  return time / period_ps;
}

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
  const RunRecord record = decode_record(bytes);
  expect_loads(record, flits_of_rows(trace));
  const Counts counts = record.total_counts();
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

/// The waveform has each flit on its link, too; of two inputs, as it is large.
TEST_P(TimelineOfAMesh, AndTheWaveformShowEachFlitOnce) {
  SCOPED_TRACE(describe(image_) + "\n" + text_of(mesh_));
  inputs_.resize(1);
  const std::string file = path_ + ".vcd";
  const auto bytes = in_child([&] {
    SimulationOptions options;
    options.wave.file = file;
    options.wave.scopes = {"accelerator.mesh.*.valid"};
    Simulation simulation(params_, image_, in_turn(inputs_), options);
    return encode_record(simulation.run());
  });
  EXPECT_EQ(bytes, record("")) << "an observer changes nothing";
  const VcdFile wave = read_vcd(file);
  std::map<std::string, std::uint64_t> flits;
  const MeshLayout layout(mesh_.mesh);
  constexpr std::array<const char*, kSendingPorts> kPorts = {
      ".to_north", ".to_east", ".to_south", ".to_west", ".ejection", ".injection"};
  for (unsigned node = 0; node < mesh_.mesh.nodes(); ++node) {
    for (unsigned port = 0; port < kSendingPorts; ++port) {
      const std::string link = layout.link_name(node, static_cast<MeshPort>(port));
      if (!link.empty()) {
        flits[link] = cycles_of(
            wave["accelerator.mesh.node" + std::to_string(node) + kPorts[port] + ".valid"],
            params_.fabric_period_ps);
      }
    }
  }
  expect_loads(decode_record(bytes), flits);
  std::filesystem::remove(file);
}

INSTANTIATE_TEST_SUITE_P(Seeds, TimelineOfAMesh, seeds(8100, 6));

}  // namespace
}  // namespace airnn::test
