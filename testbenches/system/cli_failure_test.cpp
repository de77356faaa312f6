// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>

#include "testbenches/support/effort.h"
#include "testbenches/support/onnx_builder.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// Runs that are stopped, killed, or lack something.
class CliFailure : public CliTest {
 protected:
  static constexpr int kDigits = kSanitized ? 750 : 3000;  // which take as long

  CliFailure() {
    good({"digits", "--count", std::to_string(kDigits), "--seed", "5", "-o", "digits"});
    write("e.yaml",
          "title: Two points\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
              "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
              "matrix:\n  - network: net\n    compile.clusters: 8\n"
              "    threshold: [0.7, 0.9]\n    run: " +
              source_path("configs/run/default.yaml") + "\n");
  }

  static Words evaluation(const std::string& out) {
    return {"evaluate", "e.yaml", "--out", out, "--jobs", "3", "-q", "--resume"};
  }
  void compile_image() const {
    good({"compile", model("lenet5.onnx"), "-o", "net.airnn", "--clusters", "8", "-q"});
  }
  /// Of all digits seconds, of 30 not even one.
  static Words simulation(const std::string& out, const Words& more = {}) {
    Words words = {
        "simulate", "net.airnn",         "--run", source_path("configs/run/default.yaml"),
        "--images", "digits-images.idx", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  std::vector<std::string> names(const std::string& folder) const {
    std::vector<std::string> found;
    for (const auto& [name, bytes] : tree(folder)) {
      found.push_back(name);
    }
    return found;
  }
  /// What was stopped or killed goes on to the bytes of an undisturbed evaluation.
  void expect_goes_on(const std::string& out) {
    if (due_.empty()) {
      good(evaluation("due"));
      due_ = tree("due");
    }
    good(evaluation(out));
    EXPECT_TRUE(tree(out) == due_);
  }
  static ProgramSetting signalled(int signal, SignalTarget target, const std::string& once_exists) {
    ProgramSetting setting;
    setting.signal = signal;
    setting.target = target;
    setting.interrupt_after_msec = 30;
    setting.interrupt_once_exists = once_exists;
    return setting;
  }

 private:
  FileTree due_;
};

TEST_F(CliFailure, ASignalToAnyProcessOfAnEvaluationIsAStop) {
  int number = 0;
  for (const SignalTarget target :
       {SignalTarget::group, SignalTarget::program, SignalTarget::worker}) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
      const std::string out = "out" + std::to_string(number++);
      SCOPED_TRACE(out);
      ProgramSetting setting = signalled(signal, target, out + "/plan.json");
      setting.signals = target == SignalTarget::worker ? 1 : 3;  // a batch system insists
      const ProgramRun run = airnn(evaluation(out), setting);
      EXPECT_EQ(run.exit_code, 4) << run.err;
      EXPECT_EQ(run.err, "");
      EXPECT_EQ(bytes_of(out + "/failures.json"), "[]\n");
    }
  }
  expect_goes_on("out0");
  expect_goes_on("out8");
}

TEST_F(CliFailure, ASignalEndsTheCompilationOfAnEvaluation) {
  OnnxBuilder builder;
  builder.input("x", {1, 1, 28, 28}).flatten().gemm(2000, 784).relu().gemm(10, 2000);
  builder.save(path("large.onnx"));
  const std::string quick =
      "title: Compiled\nsimulate: false\nnetworks: {net: {model: large.onnx, images: "
      "digits-images.idx}}\nmatrix:\n  - {network: net, compile.clusters: 2}\n";
  write("one.yaml", quick);
  write("two.yaml", quick + "  - {network: net, compile.clusters: elbow}\n");
  good({"evaluate", "one.yaml", "--out", "one", "-q"});
  const std::vector<std::string> made = names("one");
  const auto first = std::find_if(made.begin(), made.end(), [](const std::string& name) {
    return fs::path(name).parent_path().parent_path() == "images" &&
           fs::path(name).extension() == ".seal";
  });
  ASSERT_NE(first, made.end());

  const Words evaluation = {"evaluate", "two.yaml", "--out", "out", "--resume", "-q"};
  const ProgramRun run =
      airnn(evaluation, signalled(SIGTERM, SignalTarget::program, "out/" + *first));
  EXPECT_EQ(run.exit_code, 4) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(bytes_of("out/failures.json"), "[]\n") << "it is no failure of the point";
  EXPECT_THAT(names("out"), Contains(EndsWith(".airnn")).Times(1))
      << "the finished image is kept, and the other was not waited for";
  good(evaluation);
  EXPECT_THAT(names("out"), Contains(EndsWith(".airnn")).Times(2));
}

TEST_F(CliFailure, AStoppedSimulationWritesWhatIsFinished) {
  compile_image();
  int number = 0;
  for (const SignalTarget target :
       {SignalTarget::group, SignalTarget::program, SignalTarget::worker}) {
    const std::string out = "out" + std::to_string(number++);
    SCOPED_TRACE(out);
    ProgramSetting setting = signalled(SIGTERM, target, out);
    setting.interrupt_after_msec = 100;
    const ProgramRun run = airnn(simulation(out, {"--jobs", "3"}), setting);
    EXPECT_EQ(run.exit_code, 4) << run.err;
    const Json summary = json_of(out + "/results.json").at("summary");
    EXPECT_LT(summary.at("inputs").get<int>(), kDigits)
        << "else the machine was too fast for this test";
    EXPECT_EQ(summary.at("inputs_wanted"), kDigits);
    good({"report", out, "-o", "page.html", "--markdown", "page.md"});
    EXPECT_THAT(bytes_of("page.md"), HasSubstr("> Unfinished: "));
    EXPECT_THAT(bytes_of("page.html"), HasSubstr("class=\"banner\""));
  }
}

TEST_F(CliFailure, NoInputIsSimulatedTwiceWhateverStopsAPiece) {
  const auto simulated = [](const ProgramRun& run) {
    std::string digits;
    const std::size_t at = run.out.find("simulated ");
    for (std::size_t i = at == std::string::npos ? run.out.size() : at + 10;
         i < run.out.size() && run.out[i] != ' '; ++i) {
      digits += run.out[i] == ',' ? "" : std::string(1, run.out[i]);
    }
    return digits.empty() ? 0 : std::stoi(digits);
  };
  int number = 0;
  for (const SignalTarget target :
       {SignalTarget::group, SignalTarget::program, SignalTarget::worker}) {
    std::string out;
    Words told;
    int before = 0;
    // How long it takes until some inputs are finished, and until all are, depends on the machine.
    int delay_msec = 150;
    for (int tries = 0; tries < 8 && (before == 0 || before == 2 * kDigits); ++tries) {
      out = "out" + std::to_string(number++);
      told = evaluation(out);
      told.erase(std::find(told.begin(), told.end(), "-q"));
      ProgramSetting setting = signalled(SIGTERM, target, out + "/images");
      setting.interrupt_after_msec = delay_msec;
      const ProgramRun run = airnn(told, setting);
      before = simulated(run);
      EXPECT_EQ(run.exit_code, before == 2 * kDigits ? 0 : 4) << run.err;
      delay_msec = before == 0 ? 2 * delay_msec : delay_msec / 3;
    }
    SCOPED_TRACE(out);
    EXPECT_GT(before, 0);
    EXPECT_LT(before, 2 * kDigits);
    const ProgramRun rest = airnn(told);
    EXPECT_EQ(rest.exit_code, 0) << rest.err;
    EXPECT_EQ(before + simulated(rest), 2 * kDigits);
  }
  expect_goes_on("out0");
}

TEST_F(CliFailure, AWorkerThatIsKilledIsToldAndItsWorkIsTriedAgain) {
  const ProgramRun run =
      airnn(evaluation("out"), signalled(SIGKILL, SignalTarget::worker, "out/plan.json"));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("attempt 1: worker process 1 of 3 was killed from outside by "
                                 "SIGKILL; out of memory?"));
  EXPECT_THAT(run.err, HasSubstr(" (on "));
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  expect_goes_on("out");
}

TEST_F(CliFailure, APointWhoseWorkersAreKilledThreeTimesFailsAndNothingIsLost) {
  // Its search for leaks has a process of its own, which would be killed, too, and is waited for.
  const std::string line =
      "ASAN_OPTIONS=detect_leaks=0 " + std::string(AIRNN_PROGRAM) +
      " evaluate e.yaml --out out --jobs 3 -q & p=$!; while kill -0 $p 2>/dev/null; do "
      "w=; read -r w _ </proc/$p/task/$p/children; [ -n \"$w\" ] && kill -9 $w; "
      "sleep 0.02; done 2>/dev/null; wait $p; echo $?";
  ProgramSetting setting;
  setting.folder = path("");
  const ProgramRun run = run_program("/bin/bash", {"-c", line}, setting);
  EXPECT_EQ(run.out, "2\n") << run.err;
  EXPECT_THAT(run.err, HasSubstr("attempt 2: "));
  EXPECT_THAT(run.err, Not(HasSubstr("attempt 3: ")));
  EXPECT_THAT(run.err,
              HasSubstr("failed: 3 attempts came to nothing, the last so: worker process 1 "
                        "of 3 was killed from outside by SIGKILL"));
  const Json failure = json_of("out/failures.json").at(0);
  EXPECT_EQ(failure.at("exit_code"), 2);
  EXPECT_NE(failure.at("host"), "");
  expect_goes_on("out");
}

TEST_F(CliFailure, AWorkerThatCrashesIsAnInternalError) {
  compile_image();
  // A program with AddressSanitizer reports the signal instead of dying of it.
  setenv("ASAN_OPTIONS", "handle_segv=0", 1);
  const ProgramRun run =
      airnn(simulation("out", {"--jobs", "3"}), signalled(SIGSEGV, SignalTarget::worker, "out"));
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.err, HasSubstr("internal error: worker process 1 of 3 crashed: SIGSEGV"));
  EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
}

TEST_F(CliFailure, AFullDiskBehindAnObserverIsNoBrokenRule) {
  compile_image();
  const ProgramRun run = airnn(simulation("out", {"--count", "30", "--timeline", "/dev/full"}));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("/dev/full: cannot write it: No space left on device; free"));
}

TEST_F(CliFailure, AReaderThatHasSeenEnoughIsNoFailure) {
  compile_image();
  const std::string line = std::string(AIRNN_PROGRAM) +
                           " inspect net.airnn --crs | head -n 1 >/dev/null; "
                           "echo ${PIPESTATUS[0]}";
  ProgramSetting setting;
  setting.folder = path("");
  const ProgramRun run = run_program("/bin/bash", {"-c", line}, setting);
  EXPECT_EQ(run.out, "0\n");
  EXPECT_EQ(run.err, "");
}

}  // namespace
}  // namespace airnn::test
