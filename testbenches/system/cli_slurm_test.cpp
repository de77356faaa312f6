// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <stdlib.h>

#include <filesystem>

#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Evaluations on a cluster of Slurm's own daemons, which runs on this machine.
class CliSlurm : public CliTest {
 protected:
  static void SetUpTestSuite() {
    cluster_ = new ScratchFolder();
    const ProgramRun start = run_program(
        "/bin/bash", {source_path("scripts/slurm-here"), "start", cluster_->path(), "3", "2"});
    if (start.exit_code == 2) {
      GTEST_SKIP() << "nothing is shown of --slurm: " << start.err;  // which CI refuses
    }
    ASSERT_EQ(start.exit_code, 0) << start.err;
    setenv("SLURM_CONF", (cluster_->path() + "/slurm.conf").c_str(), 1);
  }
  static void TearDownTestSuite() {
    run_program("/bin/bash", {source_path("scripts/slurm-here"), "stop", cluster_->path()});
    delete cluster_;
  }

  CliSlurm() {
    good({"digits", "--count", "1000", "--seed", "5", "-o", "digits"});
    write("e.yaml",
          "title: Points\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
              "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
              "matrix:\n  - {network: net, compile.clusters: [4, 8], threshold: [0.6, 0.7, "
              "0.8, 0.9], run: " +
              source_path("configs/run/default.yaml") + "}\n");
  }

  ProgramRun shell(const std::string& line) const {
    ProgramSetting setting;
    setting.folder = path("");
    return run_program(
        "/bin/bash",
        {"-c", "PATH=$PATH:/usr/sbin; airnn=" + std::string(AIRNN_PROGRAM) + "; " + line}, setting);
  }
  static Words submission(const std::string& experiment, const std::string& out,
                          const char* workers, const Words& more = {},
                          const char* command = "evaluate") {
    Words words = {command,   experiment, "--out",        out,
                   "--slurm", workers,    "--slurm-args", "-c 1 --mem=500M"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void submit(const Words& words) const {
    const ProgramRun run = airnn(words);
    EXPECT_EQ(run.exit_code, 0) << run.err;
  }
  /// Shell: waits until a worker of `out` is amid a piece.
  static std::string when_at_work(const std::string& out) {
    return "for i in {1..400}; do ls " + out +
           "/queue/claims/*.records >/dev/null 2>&1 && break; sleep 0.05; done; ";
  }
  /// Waits until no job is left, at most a minute and a half.
  void wait_for_jobs() const {
    const ProgramRun wait = shell(
        "for i in {1..450}; do [ -z \"$(squeue -h)\" ] && exit 0; sleep 0.2; done; squeue; exit 1");
    EXPECT_EQ(wait.exit_code, 0) << wait.out << shell("tail */slurm/*.log").out;
  }
  /// What is compared: logs and ids of jobs are no part of the result.
  FileTree result_tree(const std::string& folder) const {
    FileTree found = tree(folder);
    for (auto file = found.begin(); file != found.end();) {
      file = file->first.rfind("slurm/", 0) == 0 ? found.erase(file) : std::next(file);
    }
    return found;
  }
  void expect_same(const std::string& out, const std::string& due) const {
    EXPECT_TRUE(result_tree(out) == result_tree(due))
        << shell("ls -R " + out + "; tail " + out + "/slurm/*.log").out;
  }
  /// By this process, without Slurm.
  void do_alone(const std::string& experiment, const std::string& out, int code = 0,
                const char* command = "evaluate") const {
    EXPECT_EQ(airnn({command, experiment, "--out", out, "--jobs", "2", "-q"}).exit_code, code);
  }

 private:
  static ScratchFolder* cluster_;
};

ScratchFolder* CliSlurm::cluster_ = nullptr;

// What is independent of each other has one cluster, so that waiting for Slurm takes less time.

TEST_F(CliSlurm, GivesTheBytesOfALocalRunAndAFailedPointFailsAlone) {
  write("wrong.yaml", bytes_of("e.yaml") +
                          "  - {network: net, compile.clusters: '2,nolayer=3', run: " +
                          source_path("configs/run/default.yaml") + "}\n");
  write("s.yaml",
        "title: Search\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
            "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
            "search:\n  algorithm: nsga2\n  population: 8\n  generations: 2\n"
            "  objectives: {accuracy: max, energy_per_input: min}\n"
            "  judge_on: {first: 0, count: 50}\n"
            "  space: {network: net, compile.clusters: [2, 4], threshold: {from: 0.1, to: "
            "0.9, step: 0.1}, run: " +
            source_path("configs/run/default.yaml") + "}\n");
  const ProgramRun run = airnn(submission("wrong.yaml", "out", "6"));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("6 workers"));
  submit(submission("s.yaml", "found", "2", {}, "search"));
  do_alone("wrong.yaml", "due", 2);
  do_alone("s.yaml", "found-alone", 0, "search");
  wait_for_jobs();
  expect_same("out", "due");
  expect_same("found", "found-alone");
  EXPECT_EQ(shell("cat out/slurm/worker-*.log | grep -cE 'records$'").out, "8\n");
  EXPECT_EQ(
      shell("cat out/slurm/worker-*.log | grep -oE '[0-9a-f]{32}[^ ]*$' | sort | uniq -d").out, "")
      << "steps that were done twice";
}

TEST_F(CliSlurm, AStopAKillAndACancelCostNoFinishedWork) {
  submit(submission("e.yaml", "out", "3"));
  // To all processes of a job at once, as at its time limit.
  shell(when_at_work("out") + "scancel --signal=TERM --full $(head -n 1 out/slurm/ids)_1");
  // A worker that is lost without a word.
  shell(when_at_work("out") +
        "p=$(pgrep -f \"$PWD/out --piece-seconds .* --worker\" | head -n 1); kill -9 $p");
  const ProgramRun cancel = shell(when_at_work("out") + "$airnn evaluate --cancel out");
  EXPECT_EQ(cancel.exit_code, 0) << cancel.err;
  wait_for_jobs();
  EXPECT_THAT(airnn({"evaluate", "--status", "out"}).out,
              HasSubstr(" of 8 points are done, 0 failed"));
  submit(submission("e.yaml", "out", "3", {"--resume"}));
  do_alone("e.yaml", "due");
  wait_for_jobs();
  expect_same("out", "due");
}

TEST_F(CliSlurm, ALostNodeAndAWarnedJobAreGoneOnFrom) {
  // A node that is lost: its job begins again elsewhere.
  submit(submission("e.yaml", "lost", "1"));
  const ProgramRun lose = shell(
      when_at_work("lost") +
      "n=$(squeue -h -o %N -j $(head -n 1 lost/slurm/ids)); p=$($airnn evaluate --status lost "
      "--json | grep -m 1 '\"pid\"' | tr -dc 0-9); kill -9 $(cat "
      "${SLURM_CONF%/*}/pid/slurmd-$n.pid) $(ps -o ppid= -p $p) $p && scontrol update "
      "NodeName=$n State=DOWN Reason=lost");
  EXPECT_EQ(lose.exit_code, 0) << lose.err;
  // Jobs whose time is nearly over: another round follows.
  submit(submission("e.yaml", "warned", "3"));
  const ProgramRun status =
      shell(when_at_work("warned") +
            "$airnn evaluate --status warned; scancel --signal=USR1 --full $(head -n 1 "
            "warned/slurm/ids)");
  EXPECT_THAT(status.out, testing::ContainsRegex(
                              " of 8 points are done, 0 failed, .*are at work.*: warned\npid "
                              "[0-9]+ on [^,]*, job [0-9]+: .*, at [0-9a-f]+"));
  do_alone("e.yaml", "due");
  wait_for_jobs();
  EXPECT_EQ(shell("grep -c records$ lost/slurm/worker-1.log").out, "8\n") << "none is done twice";
  EXPECT_GE(std::stoi(shell("wc -l <warned/slurm/ids").out), 2);
  expect_same("lost", "due");
  expect_same("warned", "due");
}

TEST_F(CliSlurm, RefusesWhatTheClusterDoesNotTake) {
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--slurm", "1001"},
                 "1001 workers; this cluster takes 1 to 1000");
  expect_refused(
      {"evaluate", "e.yaml", "--out", "out", "--slurm", "2", "--slurm-args", "-p nowhere"},
      "invalid partition specified: nowhere");
  setenv("PATH", "/nowhere", 1);
  const ProgramRun none = airnn({"evaluate", "e.yaml", "--out", "none", "--slurm", "2"});
  setenv("PATH", "/usr/bin:/bin", 1);
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("there is no sbatch"));
  EXPECT_FALSE(fs::exists(path("none")));
}

}  // namespace
}  // namespace airnn::test
