// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "sw/describe/json_file.h"
#include "testbenches/support/program.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

using Json = nlohmann::ordered_json;

/// A run of the program whose results are committed.
struct Case {
  std::string name;
  std::string network;
  std::vector<std::string> compile;
  std::vector<std::string> simulate;
  std::string run = "default";
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.name;
}

class Regression : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "regression-" + GetParam().name;
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void call(std::vector<std::string> arguments) {
    ProgramSetting setting;
    setting.folder = folder_;
    const ProgramRun run = run_program(AIRNN_PROGRAM, arguments, setting);
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }

  /// results.json without what depends on the host.
  Json results() {
    Json json = Json::parse(std::ifstream(folder_ + "/out/results.json"));
    json.erase("version");
    json["summary"].erase("host");
    return json;
  }

  std::string folder_;
};

TEST_P(Regression, GivesTheCommittedResults) {
  const std::string root = source_path(".");
  std::vector<std::string> compile = {"compile", root + "/models/" + GetParam().network + ".onnx",
                                      "-o", "network.airnn", "-q"};
  compile.insert(compile.end(), GetParam().compile.begin(), GetParam().compile.end());
  call(compile);
  call({"digits", "--count", "50", "--seed", "3", "-o", "digits"});
  std::vector<std::string> simulate = {
      "simulate", "network.airnn",
      "--run",    root + "/configs/run/" + GetParam().run + ".yaml",
      "--images", "digits-images.idx",
      "--labels", "digits-labels.idx",
      "--out",    "out",
      "-q"};
  simulate.insert(simulate.end(), GetParam().simulate.begin(), GetParam().simulate.end());
  call(simulate);

  const std::string committed = root + "/testbenches/regression/" + GetParam().name + ".json";
  if (std::getenv("AIRNN_UPDATE_REGRESSION") != nullptr) {
    write_json_file(results(), committed);
    return;
  }
  const Json expected = Json::parse(std::ifstream(committed));
  EXPECT_EQ(Json::diff(expected, results()).dump(1), "[]")
      << "If this change is meant: scripts/update-regression \"why\"";
}

INSTANTIATE_TEST_SUITE_P(
    Runs, Regression,
    testing::Values(Case{"lenet300-100-iterative", "lenet300-100", {"--clusters", "10"}, {}},
                    Case{"lenet300-100-base", "lenet300-100", {"--scheme", "base"}, {}},
                    Case{"lenet5-iterative", "lenet5", {"--clusters", "12"}, {}},
                    Case{"lenet5-16-bit-rows",
                         "lenet5",
                         {"--clusters", "8", "--precision", "16"},
                         {"--set", "accelerator.handoff=row", "--set",
                          "accelerator.positions_in_parallel=4"}},
                    Case{"lenet300-100-prefetch",
                         "lenet300-100",
                         {"--clusters", "10"},
                         {"--set", "accelerator.prefetch=next"}},
                    Case{"lenet5-ddr3", "lenet5", {"--clusters", "12"}, {}, "ddr3"},
                    Case{"lenet5-base", "lenet5", {"--scheme", "base"}, {}}),
    [](const testing::TestParamInfo<Case>& test) {
      std::string name = test.param.name;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

}  // namespace
}  // namespace airnn::test
