// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

/// `airnn simulate --coverage` and `airnn coverage`.
class CliCoverage : public CliTest {
 protected:
  void prepare() {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  }
  Words simulate(const std::string& run, const Words& more) const {
    Words words{"simulate", "net.airnn",         "--run", source_path("configs/run/") + run,
                "--images", "digits-images.idx", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
};

TEST_F(CliCoverage, DoesNotDependOnJobsAndReplay) {
  prepare();
  good(simulate("ddr3.yaml", {"--set", "accelerator.prefetch=next", "--coverage", "one.json"}));
  good(simulate("ddr3.yaml",
                {"--set", "accelerator.prefetch=next", "--coverage", "three.json", "--jobs", "3"}));
  EXPECT_EQ(bytes_of("one.json"), bytes_of("three.json"));
  const Json states = json_of("one.json").at("groups").at("state");
  EXPECT_EQ(states.at("Boot"), 1);
  EXPECT_EQ(states.at("Finish"), 3);
}

TEST_F(CliCoverage, MergesFilesAndShowsHoles) {
  prepare();
  good(simulate("default.yaml", {"--coverage", "a.json"}));
  const std::string table = good(
      {"coverage", "a.json", "a.json", "-o", "sum.json", "--html", "c.html", "--xml", "c.xml"});
  EXPECT_NE(table.find("hole: prefetch: given up x confident\n"), std::string::npos) << table;
  const Json one = json_of("a.json").at("groups").at("transition");
  const Json sum = json_of("sum.json").at("groups").at("transition");
  EXPECT_EQ(sum.at("Boot x Idle").get<int>(), 2 * one.at("Boot x Idle").get<int>());
  EXPECT_NE(bytes_of("c.html").find("given up x confident"), std::string::npos);
  EXPECT_NE(bytes_of("c.xml").find("<coverpointBin name=\"Boot x Idle\""), std::string::npos);
  EXPECT_EQ(airnn({"coverage", "a.json", "--strict"}).exit_code, 3);
}

TEST_F(CliCoverage, RefusesWhatItDidNotWrite) {
  prepare();
  good(simulate("default.yaml", {"--coverage", "a.json"}));
  Json json = json_of("a.json");
  const auto refused = [&](const Json& changed, const std::string& message) {
    write("b.json", changed.dump());
    expect_refused({"coverage", "a.json", "b.json", "-o", "sum.json"}, message);
  };
  write("b.json", bytes_of("a.json").substr(0, 100));
  expect_refused({"coverage", "b.json"}, "b.json: is no JSON");
  Json other = json;
  other["version"] = 2;
  refused(other, "b.json: /version: expected version 1");
  other = json;
  other["groups"].erase("rows");
  refused(other, "b.json: /groups: is another table");
  other = json;
  other["groups"]["state"]["Boot"] = -1;
  refused(other, "b.json: /groups/state/Boot");
  expect_refused({"coverage", "none.json"}, "none.json");
}

TEST_F(CliCoverage, SaysWhereItMakesNoSense) {
  prepare();
  expect_refused(simulate("default.yaml", {"--coverage", "a.json", "--timeline", "a.json"}),
                 "--coverage");
  expect_refused(simulate("mesh.yaml", {"--coverage", "a.json"}), "accelerator.interconnect");
  expect_refused(
      simulate("default.yaml", {"--coverage", "a.json", "--set", "accelerator.inputs_per_batch=2"}),
      "expected accelerator.inputs_per_batch: 1");
}

}  // namespace
}  // namespace airnn::test
