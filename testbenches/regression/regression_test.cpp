// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "sw/describe/json_file.h"
#include "testbenches/support/program.h"
#include "testbenches/support/scratch_folder.h"
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
  void call(std::vector<std::string> arguments) {
    ProgramSetting setting;
    setting.folder = folder_;
    const ProgramRun run = run_program(AIRNN_PROGRAM, arguments, setting);
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }

  void compile() {
    std::vector<std::string> arguments = {"compile",
                                          source_path("models/" + GetParam().network + ".onnx"),
                                          "-o", "network.airnn", "-q"};
    arguments.insert(arguments.end(), GetParam().compile.begin(), GetParam().compile.end());
    call(arguments);
    call({"digits", "--count", "50", "--seed", "3", "-o", "digits"});
  }
  void simulate(const std::string& out) {
    std::vector<std::string> arguments = {
        "simulate", "network.airnn",
        "--run",    source_path("configs/run/" + GetParam().run + ".yaml"),
        "--images", "digits-images.idx",
        "--labels", "digits-labels.idx",
        "--out",    out,
        "-q"};
    arguments.insert(arguments.end(), GetParam().simulate.begin(), GetParam().simulate.end());
    call(arguments);
  }

  /// results.json without what depends on the host.
  Json results(const std::string& out = "out") {
    Json json = Json::parse(std::ifstream(folder_ + "/" + out + "/results.json"));
    json.erase("version");
    json["summary"].erase("host");
    return json;
  }
  /// All other files that a run wrote, by name.
  std::map<std::string, std::string> files(const std::string& out) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ + "/" + out)) {
      const std::string name = entry.path().filename();
      if (name != "results.json") {
        std::ifstream file(entry.path(), std::ios::binary);
        files[name] = {std::istreambuf_iterator<char>(file), {}};
      }
    }
    return files;
  }

  const ScratchFolder scratch_;  ///< of its own: the same runs are checked by several tests at once
  const std::string folder_ = scratch_.path();
};

TEST_P(Regression, GivesTheCommittedResults) {
  compile();
  simulate("out");
  const std::string committed = source_path("testbenches/regression/" + GetParam().name + ".json");
  if (std::getenv("AIRNN_UPDATE_REGRESSION") != nullptr) {
    write_json_file(results(), committed);
    return;
  }
  const Json expected = Json::parse(std::ifstream(committed));
  EXPECT_EQ(Json::diff(expected, results()).dump(1), "[]")
      << "If this change is meant: scripts/update-regression \"why\"";
}

/// What is remembered of what went before saves host time, and nothing else.
class ReplayRegression : public Regression {};

TEST_P(ReplayRegression, GivesTheSameBytesWithoutReplayAndWhenItIsChecked) {
  unsetenv("AIRNN_NO_REPLAY");
  unsetenv("AIRNN_CHECK_REPLAY");
  compile();
  simulate("out");
  for (const char* const mode : {"AIRNN_NO_REPLAY", "AIRNN_CHECK_REPLAY"}) {
    setenv(mode, "1", 1);
    simulate(mode);
    unsetenv(mode);
    EXPECT_EQ(Json::diff(results(), results(mode)).dump(1), "[]") << mode;
    EXPECT_EQ(files("out"), files(mode)) << mode;
  }
  EXPECT_EQ(files("out").count("inputs.csv"), 1U);

  setenv("AIRNN_NO_REPLAY", "yes", 1);
  ProgramSetting setting;
  setting.folder = folder_;
  const ProgramRun refused = run_program(
      AIRNN_PROGRAM,
      {"simulate", "network.airnn", "--run", source_path("configs/run/" + GetParam().run + ".yaml"),
       "--images", "digits-images.idx", "--out", "refused", "-q"},
      setting);
  unsetenv("AIRNN_NO_REPLAY");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("AIRNN_NO_REPLAY: expected 0 or 1, found 'yes'"), std::string::npos)
      << refused.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/refused/results.json"));
}

std::string case_name(const testing::TestParamInfo<Case>& test) {
  std::string name = test.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
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
    case_name);

INSTANTIATE_TEST_SUITE_P(
    Runs, ReplayRegression,
    testing::Values(
        Case{"lenet300-100-iterative", "lenet300-100", {"--clusters", "10"}, {}},
        Case{"lenet300-100-prefetch",
             "lenet300-100",
             {"--clusters", "10"},
             {"--set", "accelerator.prefetch=next"}},
        Case{"lenet5-ddr3", "lenet5", {"--clusters", "12"}, {}, "ddr3"},
        Case{"lenet5-base", "lenet5", {"--scheme", "base"}, {}},
        Case{"lenet5-interleaved", "lenet5", {"--scheme", "interleaved", "--clusters", "8"}, {}}),
    case_name);

}  // namespace
}  // namespace airnn::test
