// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/support/effort.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

const std::string kLibrary = std::string(AIRNN_RTL_LIBRARIES) + "/addresses_2.so";
const std::string kScore = std::string(AIRNN_RTL_LIBRARIES) + "/score.so";
const std::string kController = std::string(AIRNN_RTL_LIBRARIES) + "/controller.so";

/// `airnn rtl`, and `airnn simulate` with what it made.
class CliRtl : public CliTest {
 protected:
  void compile(const std::string& scheme) const {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--scheme", scheme,
          "--clusters", "10", "-q"});
  }
  static Words simulate(const std::string& run, const Words& more) {
    Words words{"simulate", "net.airnn",         "--run",    run,
                "--images", "digits-images.idx", "--labels", "digits-labels.idx"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  /// But for the host, and that there is RTL.
  Json results(const std::string& folder) const {
    Json results = json_of(folder + "/results.json");
    results.at("summary").erase("host");
    results.at("config").erase("rtl");
    return results;
  }
  void expect_same_files(const std::string& run, const Words& more,
                         const std::string& unit = "addresses=" + kLibrary) const {
    Words own = more;
    own.insert(own.end(), {"--out", "own", "--timeline", "own.json", "-q"});
    Words rtl = more;
    rtl.insert(rtl.end(), {"--out", "rtl", "--timeline", "rtl.json", "-q", "--set", "rtl." + unit});
    good(simulate(run, own));
    good(simulate(run, rtl));
    EXPECT_TRUE(bytes_of("own/inputs.csv") == bytes_of("rtl/inputs.csv")) << run;
    EXPECT_TRUE(bytes_of("own/counts.csv") == bytes_of("rtl/counts.csv")) << run;
    EXPECT_TRUE(results("own") == results("rtl")) << run;
    EXPECT_TRUE(bytes_of("own.json") == bytes_of("rtl.json")) << run;
  }
};

TEST_F(CliRtl, GivesTheFilesOfTheProjectsOwnUnit) {
  good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  const Words schemes = kSanitized ? Words{"iterative"} : Words{"base", "iterative", "interleaved"};
  for (const std::string& scheme : schemes) {
    compile(scheme);
    expect_same_files("default", {});
    if (!kSanitized) {
      expect_same_files("default", {"--set", "accelerator.prefetch=next"});
      expect_same_files("ddr3", {"--set", "accelerator.prefetch=next"});
    }
  }
}

TEST_F(CliRtl, GivesTheFilesOfTheProjectsOwnController) {
  good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  compile("iterative");
  expect_same_files("ddr3", {"--set", "accelerator.prefetch=next"}, "controller=" + kController);
}

TEST_F(CliRtl, GivesTheFilesOfTheProjectsOwnScoreThatTakesAsLong) {
  good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  compile("interleaved");
  expect_same_files("default", {"--set", "accelerator.softmax_cycles=57"}, "score=" + kScore);
  expect_refused(simulate("default", {"--set", "rtl.score=" + kScore}),
                 "expected accelerator.softmax_cycles: 57");
}

TEST_F(CliRtl, RunsInWorkerProcessesAndTellsItsLibrary) {
  good({"digits", "--count", "3", "--seed", "3", "-o", "digits"});
  compile("iterative");
  const std::string rtl = "rtl.addresses=" + kLibrary;
  good(simulate("default", {"--out", "one", "-q", "--set", rtl}));
  good(simulate("default", {"--out", "two", "-q", "--set", rtl, "--jobs", "2"}));
  EXPECT_EQ(results("one"), results("two"));
  EXPECT_EQ(json_of("two/results.json").at("config").at("rtl").at("addresses"), "addresses_2.so");
}

TEST_F(CliRtl, RefusesWhatCannotBeBuilt) {
  write("my.sv", "module airnn_addresses; wire x = 1 +; endmodule\n");
  expect_refused(
      {"rtl", "build", "my.sv", "--unit", "adresses", "-o", "my.so"},
      "--unit: no unit 'adresses' can be RTL; expected addresses, controller, score; did you mean");
  expect_refused({"rtl", "build", "my.sv", "-o", "my.so"}, "--unit: must be given");
  expect_refused({"rtl", "build", "my.sv", "--unit", "addresses"}, "--output: must be given");
  expect_refused({"rtl", "build", "no.sv", "--unit", "addresses", "-o", "my.so"},
                 "no.sv: no such file");
  expect_refused({"rtl", "build", "my.sv", "--unit", "addresses", "-o", "my.so", "-G", "LANES"},
                 "--parameter: 'LANES'; expected NAME=VALUE");
  expect_refused({"rtl", "build", "my.sv", "--unit", "addresses", "-o", "my.sv"},
                 "is the same file as the source");
  expect_refused({"rtl", "bulid", "my.sv"}, "expected build, skeleton; did you mean 'build'?");
  expect_refused({"rtl", "skeleton", "scores"}, "no unit 'scores' can be RTL");
  expect_refused({"rtl", "skeleton", "addresses", "--top", "x"},
                 "--top: has no meaning with 'airnn rtl skeleton'");
  const ProgramRun run = airnn({"rtl", "build", "my.sv", "--unit", "addresses", "-o", "my.so"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("my.sv:1:"));
  EXPECT_THAT(run.err, HasSubstr("airnn: my.sv: verilator cannot translate it"));
  EXPECT_EQ(files(), std::set<std::string>{"my.sv"});
}

TEST_F(CliRtl, SaysWhereVerilatorIsMissing) {
  write("my.sv", "module airnn_addresses; endmodule\n");
  const ProgramRun run =
      run_program("/usr/bin/env", {"-C", path("."), "PATH=" + path("."), AIRNN_PROGRAM, "rtl",
                                   "build", "my.sv", "--unit", "addresses", "-o", "my.so"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("airnn: verilator: cannot be started: No such file or directory; "
                                 "expected it on the PATH (package verilator)"));
}

TEST_F(CliRtl, HasASkeletonWithThePinsOfTheUnit) {
  const std::string text = good({"rtl", "skeleton", "addresses"});
  EXPECT_THAT(text, HasSubstr("module airnn_addresses #("));
  EXPECT_THAT(text, HasSubstr("output logic                       in_weights_ready,"));
  good({"rtl", "skeleton", "addresses", "-o", "mine.sv"});
  EXPECT_EQ(bytes_of("mine.sv"), text);
  EXPECT_THAT(good({"rtl", "skeleton", "controller"}), HasSubstr("module airnn_controller #("));
}

}  // namespace
}  // namespace airnn::test
