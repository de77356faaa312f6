// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;

/// The program in a folder that has nothing of the project's.
class CliOwnFiles : public CliTest {
 protected:
  CliOwnFiles() { unsetenv("AIRNN_HOME"); }

  /// A folder that takes the place of the program's own.
  void make_home() {
    fs::create_directories(path("home/configs"));
    fs::create_directories(path("home/models"));
    for (const char* kind : {"run", "accelerator", "memory", "energy"}) {
      fs::copy(source_path("configs/") + kind, path("home/configs/") + kind);
    }
    fs::copy_file(model("lenet300-100.onnx"), path("home/models/mine.onnx"));
    fs::copy_file(source_path("configs/run/ddr3.yaml"), path("home/configs/run/mine.yaml"));
    setenv("AIRNN_HOME", path("home").c_str(), 1);
  }

  std::string compiled() {
    good({"compile", "lenet5", "-o", "a.airnn", "-q"});
    return "a.airnn";
  }
};

TEST_F(CliOwnFiles, AreFoundByNameFromABuild) {
  const std::string image = compiled();
  good({"compile", model("lenet5.onnx"), "-o", "b.airnn", "-q"});
  EXPECT_TRUE(bytes_of("a.airnn") == bytes_of("b.airnn"));  // with the preprocessing beside it
  EXPECT_EQ(
      good({"simulate", image, "--run", "ddr3", "--print-config"}),
      good({"simulate", image, "--run", source_path("configs/run/ddr3.yaml"), "--print-config"}));
  good({"digits", "--count", "2", "-o", "d"});
  good({"simulate", image, "--run", "default", "--images", "d-images.idx", "--out", "r", "-q"});
  good({"reprice", "r", "--energy", "aladdin_40nm"});
  EXPECT_EQ(json_of("r/results.json").at("config").at("energy").at("name"), "aladdin_40nm");
  write("t.trc", "0 R 0x0\n");
  good({"dram", "t.trc", "--memory", "ddr3_4gb_x8_1600", "-q"});
}

TEST_F(CliOwnFiles, AreThoseOfAirnnHomeIfThatIsSet) {
  make_home();
  good({"compile", "mine", "-o", "a.airnn", "-q"});
  const std::string shown = good({"simulate", "a.airnn", "--run", "mine", "--print-config"});
  EXPECT_THAT(shown, HasSubstr("model: ddr3"));
  expect_refused({"compile", "lenet5", "-o", "b.airnn"}, "(mine)");
}

TEST_F(CliOwnFiles, GiveWayToFiles) {
  make_home();
  fs::copy_file(model("lenet5.onnx"), path("mine"));
  const std::string out = good({"compile", "mine", "-o", "a.airnn"});
  EXPECT_THAT(out, HasSubstr("430,499 weights"));
}

TEST_F(CliOwnFiles, ASearchSaysThatItsModuleIsMissing) {
  fs::copy_file(AIRNN_PROGRAM, path("alone"));
  good({"digits", "--count", "4", "-o", "digits"});
  write("e.yaml", "title: x\nnetworks:\n  net: {model: " + model("lenet300-100.onnx") +
                      ", images: digits-images.idx, labels: digits-labels.idx}\n"
                      "search:\n  algorithm: nsga2\n"
                      "  objectives: {accuracy: max, energy_per_input: min}\n"
                      "  space: {network: net, run: " +
                      source_path("configs/run/default.yaml") +
                      ", compile.scheme: [base, iterative], compile.clusters: [4, 6, 8, 9, 10, 11, "
                      "12, 13, 14], threshold: {from: 0.1, to: 0.9, step: 0.1}}\n");
  ProgramSetting setting;
  setting.folder = path("");
  const ProgramRun run =
      run_program(path("alone"), {"search", "e.yaml", "--out", "found"}, setting);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err,
              HasSubstr("searches need lib/airnn/airnn_optimize.so, which is in no folder"));
  EXPECT_THAT(run_program(path("alone"), {"--version"}, setting).out, HasSubstr("airnn "));
}

TEST_F(CliOwnFiles, RefusesNamesThatDoNotExist) {
  const std::string image = compiled();
  expect_refused({"compile", "lenet", "-o", "b.airnn"},
                 "model: 'lenet' is neither a file nor a model in ");
  expect_refused({"compile", "lenet6", "-o", "b.airnn"}, "did you mean 'lenet5'?");
  expect_refused({"simulate", image, "--run", "defualt"}, "did you mean 'default'?");
  expect_refused({"evaluate", "tabel2", "--out", "e"}, "did you mean 'table2'?");
  expect_refused({"dram", "t.trc", "--memory", "ddr4"}, "--memory: 'ddr4' is neither a file nor");
  // What looks like a path is one.
  expect_refused({"compile", "./lenet5", "-o", "b.airnn"}, "./lenet5: ");
  setenv("AIRNN_HOME", path("none").c_str(), 1);
  expect_refused({"compile", "lenet5", "-o", "b.airnn"}, "none/models");
}

}  // namespace
}  // namespace airnn::test
