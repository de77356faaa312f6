// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>

#include "testbenches/support/effort.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// Evaluations that several processes share.
class CliWorkers : public CliTest {
 protected:
  static constexpr int kDigits = kSanitized ? 60 : 300;

  CliWorkers() {
    good({"digits", "--count", std::to_string(kDigits), "--seed", "5", "-o", "digits"});
    write("e.yaml", "title: Points\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
                        "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
                        "matrix:\n  - {network: net, compile.clusters: [4, 8], threshold: [0.7, "
                        "0.9], run: " +
                        source_path("configs/run/default.yaml") + "}\n");
    write("wrong.yaml", bytes_of("e.yaml") +
                            "  - {network: net, compile.clusters: '2,nolayer=3', run: " +
                            source_path("configs/run/default.yaml") + "}\n");
  }

  /// A line of a shell in the test's folder; $airnn is the program.
  ProgramRun shell(const std::string& line) const {
    ProgramSetting setting;
    setting.folder = path("");
    return run_program("/bin/bash", {"-c", "airnn=" + std::string(AIRNN_PROGRAM) + "; " + line},
                       setting);
  }
  static std::string worker(const std::string& experiment = "e.yaml") {
    return "$airnn evaluate " + experiment + " --out out --worker --jobs 1 ";
  }
  void expect_same_as_alone(const std::string& experiment = "e.yaml", int code = 0) const {
    EXPECT_EQ(airnn({"evaluate", experiment, "--out", "due", "--jobs", "2", "-q"}).exit_code, code);
    const ProgramRun finish = airnn({"evaluate", experiment, "--out", "out", "--finish", "-q"});
    EXPECT_EQ(finish.exit_code, code) << finish.err;
    EXPECT_TRUE(tree("out") == tree("due"));
  }
};

TEST_F(CliWorkers, MakeTheSameBytesAsOneProcessAndNothingTwice) {
  const ProgramRun run =
      shell("for i in 1 2 3 4 5 6; do " + worker("wrong.yaml") +
            ">log$i 2>err$i & done; wait; cat log? | grep -E "
            "'(image|records|predictions|run)$' | cut -d' ' -f3 | sort | uniq -c "
            "| awk '{n += 1; m += $1} END {print n, m}'");
  EXPECT_EQ(run.out, "13 13\n") << "steps, and how often they were done";
  EXPECT_THAT(airnn({"evaluate", "--status", "out"}).out,
              HasSubstr("4 of 5 points are done, 1 failed, 0 are left: out\n"));
  expect_same_as_alone("wrong.yaml", 2);
  EXPECT_THAT(airnn({"evaluate", "--status", "out"}).out,
              HasSubstr("4 of 5 points are done, 1 failed, 0 are left: out\n"));
}

TEST_F(CliWorkers, GoOnWhereAnotherWasKilled) {
  const ProgramRun run =
      shell(worker() +
            "-q & p=$!; while ! ls out/queue/claims/* >/dev/null 2>&1; do sleep 0.01; "
            "done; kill -9 $p; wait $p; " +
            worker() + "-q; echo $?");
  EXPECT_EQ(run.out, "0\n") << run.err;
  expect_same_as_alone();
}

TEST_F(CliWorkers, StopAtATermAmidAPieceWhichIsGoneOnWith) {
  const ProgramRun run =
      shell(worker() +
            "-q & p=$!; while ! ls out/queue/claims/*.records >/dev/null 2>&1; do sleep 0.01; "
            "done; kill -TERM $p; wait $p; echo $?; ls out/queue/claims; ls out/queue/workers; "
            "$airnn evaluate e.yaml --out out --finish -q; echo $?; ls out | grep queue");
  EXPECT_EQ(run.out, "4\n4\nqueue\n") << "it gives up its claim; and a finish waits for all steps";
  EXPECT_THAT(run.err, HasSubstr("steps are left: "));
  EXPECT_EQ(shell(worker() + "-q").exit_code, 0);
  expect_same_as_alone();
}

TEST_F(CliWorkers, TakeOverWhatAnotherMachineWasAtMoreThanTenMinutesAgo) {
  // Of a machine whose processes nobody here knows.
  const std::string other =
      "mkdir -p out/queue/claims out/queue/workers; echo '{\"host\":\"n9\",\"pid\":7,"
      "\"machine\":\"m\",\"job\":\"\",\"restart\":0,\"since\":1,\"step\":\"\",\"step_since\":1,"
      "\"steps\":0,\"cost\":0}' >w; ";
  const ProgramRun run =
      shell("$airnn evaluate e.yaml --out out --finish -q; " + other +
            "for s in $($airnn evaluate e.yaml --out out --finish -q 2>&1 | grep -oE "
            "'[0-9a-f]{32}[-0-9]*[.][a-z]+'); do cp w out/queue/claims/$s; done; "
            "ls out/queue/claims | wc -l; timeout --preserve-status 1 " +
            worker() +
            "-q; echo $?; "
            "touch -d '11 minutes ago' out/queue/claims/*; " +
            worker() + "-q; echo $?");
  EXPECT_THAT(run.out, EndsWith("5\n4\n0\n")) << "it waits for claims, while they are fresh";
  expect_same_as_alone();
}

TEST_F(CliWorkers, MakeTheSameBytesOfAStepThatTwoOfThemDo) {
  const ProgramRun run =
      shell(worker() +
            ">log1 & p=$!; "
            "while ! ls out/queue/claims/*.records >/dev/null 2>&1; do sleep 0.01; done; "
            "kill -STOP $p; touch -d '11 minutes ago' out/queue/workers/*; " +
            worker() +
            ">log2; echo $?; kill -CONT $p; wait $p; echo $?; "
            "grep -hoE '[^ ]*records$' log1 log2 | sort | uniq -d | wc -l");
  EXPECT_EQ(run.out, "0\n0\n1\n") << "the one at work is done twice: " << run.err;
  expect_same_as_alone();
}

TEST_F(CliWorkers, BeginNothingMoreWhenTheirTimeIsNearlyOver) {
  const ProgramRun run =
      shell(worker() +
            "-q & p=$!; while ! ls out/queue/claims/*.records >/dev/null 2>&1; do sleep 0.01; "
            "done; s=$(ls out/queue/claims); kill -USR1 $p $(cat /proc/$p/task/$p/children); "
            "wait $p; echo $?; k=${s%%-*}; ls out/scraps/${k:0:2}/$k | grep -c seal");
  EXPECT_EQ(run.out, "4\n1\n") << "the piece at work was finished: " << run.err;
  EXPECT_EQ(shell(worker() + "-q").exit_code, 0);
  expect_same_as_alone();
}

TEST_F(CliWorkers, ShareASearchWhoseNextPointsFollowFromWhatAllMeasured) {
  write("s.yaml",
        "title: Search\nnetworks:\n  net:\n    model: " + model("lenet300-100.onnx") +
            "\n    images: digits-images.idx\n    labels: digits-labels.idx\n"
            "search:\n  algorithm: nsga2\n  population: 8\n  generations: 3\n"
            "  objectives: {accuracy: max, energy_per_input: min}\n"
            "  judge_on: {first: 0, count: 10}\n"
            "  space: {network: net, compile.clusters: [2, 4], threshold: {from: 0.1, to: "
            "0.9, step: 0.1}, run: " +
            source_path("configs/run/default.yaml") + "}\n");
  const std::string work = "$airnn search s.yaml --out out --worker --jobs 1 -q ";
  const ProgramRun run = shell(
      "$airnn search s.yaml --out due --jobs 2 -q; " + work + "& p=$!; " + work + "& q=$!; " +
      "n() { ls out/runs/*/*/run.seal 2>/dev/null | wc -l; }; " +
      "while [ $(n) -lt 9 ] && kill -0 $p; do sleep 0.01; done; kill -9 $p; wait $p; " +
      "$airnn search s.yaml --out out --finish -q; echo $?; " + work + "; echo $?; wait $q; " +
      "echo $?; $airnn search --status out; $airnn search s.yaml --out out --finish -q; echo $?");
  EXPECT_THAT(run.out, HasSubstr("4\n0\n0\n"));
  EXPECT_THAT(run.out,
              HasSubstr(" 0 are left: out\nall steps so far are at their end; 'airnn search"));
  EXPECT_THAT(run.out, EndsWith("\n0\n")) << run.err;
  EXPECT_TRUE(tree("out") == tree("due")) << run.out << run.err;
}

TEST_F(CliWorkers, HaveOneExperimentAndOneProgramOnly) {
  EXPECT_EQ(shell(worker() + "-q").exit_code, 0);
  const ProgramRun other = shell(worker("wrong.yaml") + "-q");
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.err, HasSubstr("its plan is another"));
  const ProgramRun alone =
      shell(worker() + "-q; " +
            "sed -i s/0.7/0.6/ e.yaml; $airnn evaluate e.yaml --out out --resume -q; "
            "ls out | grep -c queue");
  EXPECT_EQ(alone.out, "0\n") << "whoever has it for himself leaves no queue: " << alone.err;
}

TEST_F(CliWorkers, KeepOthersFromTakingTheFolderForThemselves) {
  const ProgramRun run =
      shell(worker() +
            "-q & p=$!; while ! ls out/queue/claims/* >/dev/null 2>&1; do sleep 0.01; done; "
            "$airnn evaluate e.yaml --out out --resume -q; echo $?; kill -STOP $p; kill -CONT "
            "$p; $airnn evaluate --status out --json >status.json; wait $p; echo $?");
  EXPECT_EQ(run.out, "2\n0\n") << run.err;
  EXPECT_THAT(run.err, HasSubstr("at work there; expected nobody, or --worker"));
  const Json status = json_of("status.json");
  EXPECT_EQ(status.at("points"), 4);
  EXPECT_EQ(status.at("done").get<int>() + status.at("left").get<int>(), 4);
  EXPECT_EQ(status.at("workers").size(), 1U);
}

TEST_F(CliWorkers, SayWhatGoesTogether) {
  expect_refused({"evaluate", "--out", "out"}, "experiment is required");
  expect_refused({"evaluate", "e.yaml"}, "--out is required");
  expect_refused({"evaluate", "--status", "out", "--worker"}, "--status: takes the folder alone");
  expect_refused({"evaluate", "--status", "nowhere"}, "has no plan.json");
  expect_refused({"evaluate", "--cancel", "nowhere"}, "has no jobs");
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--worker", "--finish"}, "--worker: ");
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--worker", "--shard", "1/2"}, "--shard: ");
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--slurm-args", "-p x"}, "--slurm-args: ");
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--json"}, "--json: ");
  expect_refused({"evaluate", "e.yaml", "--out", "out", "--slurm", "2", "--slurm-args", "$(ls)"},
                 "expected words as in a shell");
}

}  // namespace
}  // namespace airnn::test
