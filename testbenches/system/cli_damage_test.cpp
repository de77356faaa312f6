// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>

#include "testbenches/support/damage.h"
#include "testbenches/support/effort.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

/// Folders of evaluations whose files somebody or something has changed.
class CliDamage : public CliTest {
 protected:
  CliDamage() {
    good({"digits", "--count", "5", "--seed", "5", "-o", "digits"});
    write_experiment("[0.6, 0.9]");
  }

  void write_experiment(const std::string& thresholds) const {
    write("e.yaml",
          "title: Some points\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
              "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
              "matrix:\n"
              "  - network: net\n"
              "    compile.clusters: 2\n"
              "    threshold: " +
              thresholds + "\n    run: " + source_path("configs/run/default.yaml") + "\n");
  }
  Words evaluation(const std::string& out, const Words& more = {}) const {
    Words words = {"evaluate", "e.yaml", "--out", out, "--jobs", "1", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void copy(const std::string& from, const std::string& to) const {
    fs::remove_all(path(to));
    fs::copy(path(from), path(to), fs::copy_options::recursive);
  }
  void expect_one_message(const ProgramRun& run, const std::string& text) const {
    EXPECT_EQ(run.exit_code, 2) << run.err;
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    EXPECT_THAT(run.err, testing::HasSubstr(text));
  }
};

TEST_F(CliDamage, OfAnyFileIsMadeGoodByResumingAndRefusedByOthers) {
  write_experiment("0.6");
  good(evaluation("due"));
  const FileTree due = tree("due");
  ASSERT_EQ(due.size(), 5U + 3U + 4U);
  std::size_t pair = 0;
  std::size_t files = 0;
  for (const auto& [file, bytes] : due) {
    std::size_t turn = files++;
    for (const Damage& damage : damages()) {
      // With sanitizers a third of the pairs, in which every file and every damage still are.
      if (++turn % 3 != 0 && kSanitized) {
        continue;
      }
      SCOPED_TRACE(file + " " + damage.name);
      copy("due", "out");
      damage.apply(path("out/" + file));
      // Both look at the folder in the same way, which a test of its own tries with every pair.
      if (++pair % 4 == 0) {
        expect_one_message(airnn({"report", "out", "-o", "page.html"}), "out");
        expect_one_message(airnn({"merge", "out", "--out", "merged"}), "out");
        EXPECT_FALSE(fs::exists(path("page.html")));
        EXPECT_FALSE(fs::exists(path("merged")));
      }
      const ProgramRun run = airnn(evaluation("out", {"--resume"}));
      EXPECT_EQ(run.exit_code, 0) << run.err;
      EXPECT_LE(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
      EXPECT_EQ(tree("out"), due);
    }
  }
}

TEST_F(CliDamage, IsToldInOneLine) {
  good(evaluation("out"));
  const std::string key = json_of("out/plan.json").at("points").at(0).at("run_key");
  const std::string run = "out/runs/" + key.substr(0, 2) + "/" + key;
  write(run + "/inputs.csv", "");
  write("out/points.csv", "");
  const ProgramRun again = airnn(evaluation("out", {"--resume"}));
  EXPECT_THAT(again.err, testing::StartsWith("airnn: out: damaged files are made again: "));
  EXPECT_THAT(again.err, testing::HasSubstr("points.csv"));
  EXPECT_THAT(again.err, testing::HasSubstr("inputs.csv"));
  EXPECT_EQ(std::count(again.err.begin(), again.err.end(), '\n'), 1);
  good(evaluation("out", {"--resume"}));
}

TEST_F(CliDamage, OfWhatAKilledEvaluationLeftIsMadeGood) {
  write_experiment("[0.6, 0.7, 0.8, 0.9]");
  good(evaluation("due"));
  ProgramSetting kill;
  kill.signal = SIGKILL;
  kill.interrupt_after_msec = 0;
  kill.interrupt_once_exists = "out/scraps";
  for (std::size_t i = 0; i < damages().size(); i += 2) {
    const Damage& damage = damages()[i];
    SCOPED_TRACE(damage.name);
    airnn(evaluation("out"), kill);
    for (const auto& [file, bytes] : tree("out")) {
      if (!bytes.empty() && file.find("lock") == std::string::npos) {
        damage.apply(path("out/" + file));
      }
    }
    const ProgramRun run = airnn(evaluation("out", {"--resume"}));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(tree("out"), tree("due"));
    fs::remove_all(path("out"));
  }
}

}  // namespace
}  // namespace airnn::test
