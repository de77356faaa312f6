// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "testbenches/support/fst_file.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

/// `airnn simulate --wave`.
class CliWave : public CliTest {
 protected:
  CliWave() {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", "200", "--seed", "3", "-o", "digits"});
  }

  Words simulate(const Words& more) const {
    Words words{"simulate", "net.airnn",         "--run", run_file(),
                "--images", "digits-images.idx", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  static std::string run_file() { return source_path("configs/run/default.yaml"); }
};

TEST_F(CliWave, ChangesNoResult) {
  good(simulate({"--count", "3", "--out", "without"}));
  good(simulate({"--count", "3", "--out", "with", "--wave", "w.vcd"}));
  EXPECT_EQ(bytes_of("with/inputs.csv"), bytes_of("without/inputs.csv"));
  Json with = json_of("with/results.json");
  Json without = json_of("without/results.json");
  with.at("summary").erase("host");
  without.at("summary").erase("host");
  EXPECT_TRUE(with == without);
  EXPECT_EQ(read_vcd(path("w.vcd")).timescale, " 1 ps ");
}

TEST_F(CliWave, MakesNoLayoutBesideADevice) {
  fs::create_symlink("/dev/null", path("w.vcd"));
  good(simulate({"--count", "1", "--wave", "w.vcd"}));
  EXPECT_TRUE(fs::is_symlink(path("w.vcd")));
  EXPECT_EQ(files().count("w.gtkw"), 0U);
  EXPECT_EQ(files().count("w.states"), 0U);
}

TEST_F(CliWave, WritesTheCyclesAndScopesAskedFor) {
  good(simulate({"--count", "1", "--wave", "w.vcd", "--wave-from", "100", "--wave-to", "120",
                 "--wave-scope", "accelerator.clock", "--wave-scope",
                 "accelerator.score_calculation"}));
  const VcdFile wave = read_vcd(path("w.vcd"));
  EXPECT_EQ(wave.first_time, 1000000U);
  EXPECT_EQ(wave["accelerator.clock"].changes.size(), 42U);
  EXPECT_EQ(wave.signals.count("accelerator.score_calculation.score"), 1U);
  EXPECT_EQ(wave.signals.count("accelerator.score_calculation.in_outputs.valid"), 1U);
  EXPECT_EQ(wave.signals.count("accelerator.read_weight_controller.state"), 0U);
  EXPECT_EQ(files().count("w.gtkw"), 1U);
}

TEST_F(CliWave, RefusesOptionsThatDoNotFit) {
  expect_refused(simulate({"--wave-from", "1"}), "--wave-from: belongs to --wave");
  expect_refused(simulate({"--wave-to", "1"}), "--wave-to: belongs to --wave");
  expect_refused(simulate({"--wave-scope", "*"}), "--wave-scope: belongs to --wave");
  expect_refused(simulate({"--wave", "w.vcd", "--jobs", "2"}), "--wave: the signals of several");
  expect_refused(simulate({"--wave", "w.vcd", "--wave-from", "-1"}), "--wave-from: '-1'");
  expect_refused(simulate({"--wave", "w.vcd", "--wave-to", "many"}), "--wave-to: 'many'");
  expect_refused(simulate({"--wave", "w.vcd", "--wave-from", "5", "--wave-to", "4"}),
                 "--wave-to: '4'; expected an integer from 5");
  expect_refused(simulate({"--wave", "none/w.vcd"}), "--wave: none/w.vcd: cannot create");
  expect_refused(simulate({"--wave", "w.gtkw"}), "--wave: 'w.gtkw' is the same file as its layout");
  expect_refused(simulate({"--wave", "w.vcd", "--wave-scope", "*.score_calculation.*",
                           "--wave-scope", "accelerator.read_weight_controler*"}),
                 "fits 'accelerator.read_weight_controler*'; the nearest scope is "
                 "'accelerator.read_weight_controller'");
}

TEST_F(CliWave, WritesTheSameAsFst) {
  if (!AIRNN_HAS_FST) {
    GTEST_SKIP() << "fstapi and fst2vcd were not found when the build was configured";
  }
  for (const char* const file : {"w.vcd", "w.fst"}) {
    good(simulate({"--count", "2", "--wave", file, "--wave-from", "300", "--wave-to", "4000"}));
  }
  EXPECT_EQ(difference(read_vcd(path("w.vcd")), read_fst(AIRNN_FST2VCD, path("w.fst"))), "");
  EXPECT_EQ(files().count("w.fst.hier"), 0U);
  EXPECT_THAT(bytes_of("w.gtkw"), testing::HasSubstr("[dumpfile] \"/w.fst\""));
}

TEST_F(CliWave, SaysThatTheDiskIsFullForFst) {
  if (!AIRNN_HAS_FST) {
    GTEST_SKIP() << "fstapi and fst2vcd were not found when the build was configured";
  }
  ProgramSetting full;
  full.file_size_limit = 100'000;
  const ProgramRun run = airnn(simulate({"--count", "2", "--wave", "w.fst"}), full);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err, "airnn: w.fst: the waveform is not complete; the disk may be full\n");
}

TEST_F(CliWave, SaysThatTheDiskIsFull) {
  ProgramSetting full;
  full.file_size_limit = 1'000'000;
  const ProgramRun run = airnn(simulate({"--count", "2", "--wave", "w.vcd"}), full);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err, "airnn: w.vcd: cannot write it: File too large\n");
  EXPECT_GT(read_vcd(path("w.vcd")).last_time, 0U);
}

TEST_F(CliWave, LeavesAReadableFileWhenItIsKilled) {
  const pid_t child = fork();
  if (child == 0) {
    if (chdir(path("").c_str()) != 0) {
      _exit(1);
    }
    execl(AIRNN_PROGRAM, "airnn", "simulate", "net.airnn", "--run", run_file().c_str(), "--images",
          "digits-images.idx", "-q", "--wave", "w.vcd", static_cast<char*>(nullptr));
    _exit(1);
  }
  constexpr std::uintmax_t kSome = 20'000'000;
  std::error_code error;
  for (int i = 0; i < 5000 && (!fs::exists(path("w.vcd")) || fs::file_size(path("w.vcd")) < kSome);
       ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it could be killed";
  const VcdFile wave = read_vcd(path("w.vcd"));
  EXPECT_GT(wave.last_time, 1'000'000U);
  EXPECT_GT(wave["accelerator.read_weight_controller.state"].changes.size(), 5U);
}

TEST_F(CliWave, IsCompleteAfterCtrlC) {
  // So many that it cannot be done by then, and so few signals that the file stays small.
  good({"digits", "--count", "10000", "--seed", "3", "-o", "digits"});
  ProgramSetting setting;
  setting.interrupt_after_msec = 300;
  setting.interrupt_once_exists = "w.vcd";
  const ProgramRun run = airnn(simulate({"--wave", "w.vcd", "--out", "out", "--wave-scope",
                                         "accelerator.read_weight_controller.state"}),
                               setting);
  ASSERT_EQ(run.exit_code, 4) << run.err;
  const VcdFile wave = read_vcd(path("w.vcd"));
  const auto& states = wave["accelerator.read_weight_controller.state"].changes;
  EXPECT_EQ(std::prev(states.end())->second, "1");  // Idle
  const auto inputs = json_of("out/results.json").at("summary").at("inputs").get<std::size_t>();
  std::size_t resets = 0;
  for (const auto& [time, state] : states) {
    resets += state == "10" ? 1 : 0;  // ResetBuffers
  }
  EXPECT_EQ(resets, inputs);
}

}  // namespace
}  // namespace airnn::test
