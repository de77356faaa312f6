// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <sstream>

#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// `airnn simulate` with units on a mesh.
class CliMeshMachine : public CliTest {
 protected:
  CliMeshMachine() {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  }

  static Words simulate(const std::string& run, const Words& more) {
    Words words{"simulate", "net.airnn",         "--run",    run,
                "--images", "digits-images.idx", "--labels", "digits-labels.idx"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static Words with(const std::string& set) { return simulate("mesh", {"--set", set}); }
};

TEST_F(CliMeshMachine, ChangesTimeAndEnergyButNoValueWhateverTheNumberOfJobs) {
  EXPECT_THAT(good(simulate("default", {"--out", "direct"})), Not(HasSubstr("routers")));
  EXPECT_THAT(good(simulate("mesh", {"--out", "routed"})), HasSubstr("uJ leakage of its routers"));
  good(simulate("mesh", {"--out", "jobs", "--jobs", "2", "-q", "--no-monitors"}));
  EXPECT_EQ(values("direct"), values("routed"));
  EXPECT_EQ(bytes_of("routed/inputs.csv"), bytes_of("jobs/inputs.csv"));
  EXPECT_EQ(bytes_of("routed/counts.csv"), bytes_of("jobs/counts.csv"));
  Json direct = json_of("direct/results.json").at("summary");
  Json mesh = json_of("routed/results.json").at("summary");
  EXPECT_EQ(direct.at("words_placed"), mesh.at("words_placed"));
  EXPECT_EQ(direct.at("dram"), mesh.at("dram"));
  const auto cycles = mesh.at("fabric_cycles").at("total").get<std::uint64_t>();
  EXPECT_GT(cycles, direct.at("fabric_cycles").at("total").get<std::uint64_t>());
  // All routers leak in every cycle, of 10 ns, but those of Idle between two inputs.
  const Json& counts = mesh.at("counts");
  EXPECT_EQ(counts.at("noc_router_ps:32x4"), 16 * 10000 * cycles);
  EXPECT_EQ(counts.at("noc_switch:32x4"), counts.at("noc_link:32x4"));
  EXPECT_FALSE(direct.at("counts").contains("noc_link:32x4"));
  const Json whole = json_of("routed/results.json");
  EXPECT_EQ(whole.at("interconnect"), json_of("jobs/results.json").at("interconnect"));
  EXPECT_FALSE(json_of("direct/results.json").contains("interconnect"));
  std::uint64_t passed = 0;
  for (const Json& link : whole.at("interconnect").at("links")) {
    passed += link.at("from").is_null() ? 0 : link.at("flits").get<std::uint64_t>();
  }
  EXPECT_EQ(passed, counts.at("noc_link:32x4").get<std::uint64_t>());
  EXPECT_THAT(whole.at("interconnect").at("nodes").at(1).at("units"),
              testing::ElementsAre("/1/Gemm"));
  good({"report", "routed", "-o", "routed.html"});
  EXPECT_THAT(bytes_of("routed.html"), HasSubstr("<title>injection at 0: share of cycles "));
  Json energy = mesh.at("energy_pj");
  for (const char* action : {"noc_switch", "noc_link", "noc_route", "noc_router_ps"}) {
    EXPECT_GT(energy.at(action + std::string(":32x4")).get<double>(), 0) << action;
  }
}

TEST_F(CliMeshMachine, RefusesWhatDoesNotFit) {
  expect_refused(with("accelerator.handoff=row"), "carries whole maps; expected handoff: map");
  expect_refused(with("accelerator.mesh.memory_node=16"), "node 16 is not on a mesh of 4 x 4");
  expect_refused(with("accelerator.mesh.placement=[1,2,99]"), "node 99 is not on a mesh");
  expect_refused(with("accelerator.mesh.placement=[1,2]"),
                 "2 nodes; expected one for each of the 3 layers");
  expect_refused(with("accelerator.mesh.flit_bits=48"), "expected one of 16, 32, 64");
  expect_refused(with("accelerator.mesh.flit_bits=128"),
                 "no price for 'noc_switch:128x4'; expected a row, the table has");
  expect_refused(with("accelerator.mesh.widht=3"), "did you mean 'width'?");
  expect_refused(with("accelerator.interconnect=direct"), "unknown key 'mesh' in accelerator");
  expect_refused(with("accelerator.interconnect=mseh"), "did you mean 'mesh'?");
  expect_refused(
      simulate("mesh", {"--set", "accelerator.mesh.width=1", "--set", "accelerator.mesh.height=1"}),
      "expected at least two nodes");
  expect_refused(simulate("default", {"--set", "accelerator.interconnect=mesh"}),
                 "no price for 'noc_switch:32x4'");
}

TEST_F(CliMeshMachine, WarnsOfBuffersThatHoldUpAStream) {
  Words words = with("accelerator.mesh.hop_cycles=4");
  words.insert(words.end(), {"--count", "1"});
  EXPECT_THAT(airnn(words).err, HasSubstr("should be at least hop_cycles + 1, 5"));
  words.push_back("-q");
  EXPECT_EQ(airnn(words).err, "");
}

}  // namespace
}  // namespace airnn::test
