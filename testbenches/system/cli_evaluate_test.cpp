// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "testbenches/support/effort.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;

/// `airnn evaluate` and `airnn merge`.
class CliEvaluate : public CliTest {
 protected:
  CliEvaluate() { good({"digits", "--count", "40", "--seed", "5", "-o", "digits"}); }

  static std::string config(const std::string& name) { return source_path("configs/") + name; }
  static std::string networks() {
    return "networks:\n  net:\n    model: " + model("lenet300-100.onnx") +
           "\n    images: digits-images.idx\n    labels: digits-labels.idx\n";
  }
  /// Eight points: four of base and iterative with two memories, four with another threshold or
  /// energy table.
  void write_experiment() const {
    write("e.yaml", "title: Some points\n" + networks() +
                        "matrix:\n"
                        "  - network: net\n"
                        "    compile.scheme: [base, iterative]\n"
                        "    compile.clusters: 8\n"
                        "    run: {flat: " +
                        config("run/default.yaml") + ", ddr3: " + config("run/ddr3.yaml") +
                        "}\n"
                        "  - network: net\n"
                        "    compile.clusters: 8\n"
                        "    run: " +
                        config("run/default.yaml") +
                        "\n"
                        "    threshold: [0.6, 0.9]\n"
                        "    energy: [" +
                        config("energy/horowitz_han_45nm.yaml") + ", " +
                        config("energy/aladdin_40nm.yaml") +
                        "]\n"
                        "published:\n"
                        "  - {source: Somewhere, metric: energy, where: {run: flat, "
                        "compile.scheme: iterative}, value: 0.5}\n"
                        "plots:\n"
                        "  - {title: Front, kind: front, x: energy, y: accuracy}\n");
  }
  Words evaluation(const std::string& out, const Words& more = {}) const {
    Words words = {"evaluate", "e.yaml", "--out", out, "--jobs", "2", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  void expect_same_trees(const std::string& folder, const std::string& due) const {
    const auto found = tree(folder);
    const auto wanted = tree(due);
    for (const auto& [name, bytes] : wanted) {
      ASSERT_EQ(found.count(name), 1U) << folder << " lacks " << name;
      EXPECT_EQ(found.at(name), bytes) << name;
    }
    EXPECT_EQ(found.size(), wanted.size());
  }
  std::vector<std::string> lines_of(const std::string& name) const {
    std::istringstream text(bytes_of(name));
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) {
      lines.push_back(line);
    }
    return lines;
  }
  /// Of a line without quotes; the last ones may be empty.
  static std::vector<std::string> cells_of(const std::string& line) {
    std::istringstream cells(line);
    std::vector<std::string> values;
    for (std::string value; std::getline(cells, value, ',');) {
      values.push_back(value);
    }
    values.resize(100);
    return values;
  }
  Json point(const std::string& folder, std::size_t index) const {
    return json_of(folder + "/plan.json").at("points").at(index);
  }
  /// Its run in `out`.
  std::string run_of(std::size_t index) const {
    const std::string key = point("out", index).at("run_key");
    return "out/runs/" + key.substr(0, 2) + "/" + key;
  }
  /// Its file in `out`, without an ending.
  std::string image_of(std::size_t index) const {
    const std::string key = point("out", index).at("image_key");
    return "out/images/" + key.substr(0, 2) + "/" + key;
  }
};

TEST_F(CliEvaluate, GivesEveryPointTheResultsOfASimulation) {
  write_experiment();
  good(evaluation("out"));
  EXPECT_EQ(lines_of("out/points.csv").size(), 1U + 8U);
  good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "8", "-q"});
  const std::string run = run_of(3);
  good({"simulate", "net.airnn", "--run", config("run/ddr3.yaml"), "--images", "digits-images.idx",
        "--labels", "digits-labels.idx", "--out", "alone", "-q"});
  nlohmann::ordered_json due = nlohmann::ordered_json::parse(bytes_of("alone/results.json"));
  due.at("summary").erase("host");
  nlohmann::ordered_json found = nlohmann::ordered_json::parse(bytes_of(run + "/results.json"));
  found.at("image").at("file") = "net.airnn";
  EXPECT_EQ(found.dump(1), due.dump(1));
  EXPECT_EQ(bytes_of(run + "/inputs.csv"), bytes_of("alone/inputs.csv"));
  EXPECT_EQ(bytes_of(run + "/counts.csv"), bytes_of("alone/counts.csv"));
}

TEST_F(CliEvaluate, ComparesEachPointWithTheBaseOfItsOwnMemory) {
  write_experiment();
  good(evaluation("out"));
  const Json document = json_of("out/evaluation.json");
  EXPECT_EQ(document.at("schema"), "airnn-evaluation-1");
  const auto energy = [&](std::size_t index) {
    const std::string run = run_of(index);
    const Json results = json_of(run + "/results.json");
    double sum = 0;
    for (const Json& iteration : results.at("iterations")) {
      sum += iteration.at("energy_pj").at("total").get<double>();
    }
    return sum;
  };
  const Json& points = document.at("sections").at(0).at("tables").at(2);
  EXPECT_EQ(points.at("title"), "All points");
  std::size_t column = 0;
  while (points.at("columns").at(column).at("label") !=
         "energy of an input, without index arrays") {
    ++column;
  }
  --column;  // the one before counts everything
  EXPECT_DOUBLE_EQ(points.at("rows").at(2).at(column), energy(2) / energy(0));
  EXPECT_DOUBLE_EQ(points.at("rows").at(3).at(column), energy(3) / energy(1));
}

TEST_F(CliEvaluate, TakesTheStepsOfEqualPointsOnce) {
  write_experiment();
  good(evaluation("out"));
  EXPECT_EQ(point("out", 2).at("image_key"), point("out", 3).at("image_key"));
  EXPECT_EQ(point("out", 4).at("records_key"), point("out", 5).at("records_key"))
      << "an energy table changes no cycle";
  EXPECT_NE(point("out", 4).at("run_key"), point("out", 5).at("run_key"));
  const auto files = tree("out");
  const auto images = std::count_if(files.begin(), files.end(), [](const auto& file) {
    return fs::path(file.first).extension() == ".airnn";
  });
  EXPECT_EQ(images, 2) << "base and iterative, be it by default";
}

TEST_F(CliEvaluate, RecognisesEqualConditionsHoweverTheyAreWritten) {
  write("e.yaml", "title: Equal\n" + networks() +
                      "matrix:\n"
                      "  - network: net\n"
                      "    compile.scheme: {dense: base}\n"
                      "    compile.precision: 32\n"
                      "    run: {plain: " +
                      config("run/default.yaml") +
                      "}\n"
                      "    accelerator.lanes: 16\n"
                      "  - network: net\n"
                      "    compile.clusters: 8\n"
                      "    run: " +
                      config("run/default.yaml") +
                      "\n"
                      "    threshold: [0.9]\n"
                      "  - network: net\n"
                      "    compile.scheme: interleaved\n"
                      "    compile.clusters: 0x8\n"
                      "    run: " +
                      config("run/default.yaml") +
                      "\n"
                      "    threshold: 9e-1\n");
  const ProgramRun run = airnn(evaluation("out"));
  // The compiler reads decimal numbers only, and says so with the line.
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("e.yaml:19: compile.clusters: "), std::string::npos) << run.err;
  std::string text = bytes_of("e.yaml");
  text.replace(text.find("0x8"), 3, "08 ");
  write("e.yaml", text);
  good(evaluation("out", {"--resume"}));
  const std::vector<std::string> points = lines_of("out/points.csv");
  EXPECT_EQ(point("out", 1).at("base_key"), point("out", 0).at("base_key"));
  EXPECT_EQ(point("out", 1).at("iterative_key"), point("out", 2).at("iterative_key"));
  const std::vector<std::string> names = cells_of(points.at(0));
  for (const auto& [metric, index] :
       std::map<std::string, std::size_t>{{"energy", 0}, {"time", 0}, {"time_of_iterative", 1}}) {
    const auto column = std::find(names.begin(), names.end(), metric) - names.begin();
    ASSERT_LT(static_cast<std::size_t>(column), names.size()) << metric;
    const auto cell = [&](std::size_t point) {
      return cells_of(points.at(1 + point)).at(static_cast<std::size_t>(column));
    };
    EXPECT_EQ(cell(index), "1") << metric << " of the point that it is measured by";
    EXPECT_NE(cell(index + 1), "") << metric;
  }
}

TEST_F(CliEvaluate, ComparesWithTheBaseWithoutZeros) {
  const std::string run = ", run: " + config("run/default.yaml") + "}\n";
  const std::string dense = "  - {network: net, compile.scheme: base" + run;
  const std::string head = "title: Two bases\n" + networks() + "matrix:\n" + dense;
  write("e.yaml", head);
  good(evaluation("dense"));
  EXPECT_THAT(bytes_of("dense/points.csv"), testing::Not(testing::HasSubstr("_of_sparse")));
  write("e.yaml", head + "  - {network: net, compile.scheme: base, compile.sparse: true" + run +
                      "  - {network: net, compile.scheme: iterative, compile.clusters: 8" + run);
  good(evaluation("out"));
  const std::vector<std::string> names = cells_of(lines_of("out/points.csv").at(0));
  const auto value = [&](std::size_t point, const std::string& metric) {
    const auto column = std::find(names.begin(), names.end(), metric) - names.begin();
    const std::string line = lines_of("out/points.csv").at(1 + point);
    return std::stod(cells_of(line).at(static_cast<std::size_t>(column)));
  };
  for (std::size_t point = 0; point < 3; ++point) {
    EXPECT_DOUBLE_EQ(value(point, "energy_of_sparse"),
                     value(point, "energy_per_input") / value(1, "energy_per_input"));
    EXPECT_DOUBLE_EQ(value(point, "time_of_sparse"),
                     value(point, "cycles_per_input") / value(1, "cycles_per_input"));
  }
  EXPECT_EQ(value(0, "energy"), 1);
  EXPECT_NE(value(1, "energy"), 1);
}

TEST_F(CliEvaluate, NetworksOfOtherNamesHaveImagesOfTheirOwn) {
  fs::copy(model("lenet300-100.onnx"), path("copy.onnx"));
  write("e.yaml", "title: Two names\n" + networks() +
                      "  twin: {model: copy.onnx}\n"
                      "simulate: false\n"
                      "matrix:\n  - {network: [net, twin], compile.scheme: base}\n");
  good(evaluation("out"));
  const auto model_of = [&](std::size_t index) { return bytes_of(image_of(index) + ".json"); };
  EXPECT_NE(model_of(0).find("lenet300-100.onnx"), std::string::npos);
  EXPECT_NE(model_of(1).find("copy.onnx"), std::string::npos);
}

TEST_F(CliEvaluate, PointsOfOtherPixelsHaveImagesOfTheirOwn) {
  write("e.yaml", "title: Pixels\n" + networks() +
                      "simulate: false\n"
                      "matrix:\n  - {network: net, compile.scheme: base, "
                      "compile.scale: [0.0039, 0.0078], compile.mean: [0, 0.5]}\n");
  good(evaluation("out"));
  std::set<std::string> images;
  for (std::size_t i = 0; i < 4; ++i) {
    images.insert(bytes_of(image_of(i) + ".airnn"));
  }
  EXPECT_EQ(images.size(), 4U);
}

TEST_F(CliEvaluate, DoesNotDependOnTheNumberOfJobs) {
  write_experiment();
  good(evaluation("two"));
  good({"evaluate", "e.yaml", "--out", "five", "--jobs", "5", "-q"});
  expect_same_trees("five", "two");
}

TEST_F(CliEvaluate, MergesShardsToTheBytesOfOneRun) {
  write_experiment();
  good(evaluation("whole"));
  good(evaluation("a", {"--shard", "1/3"}));
  good(evaluation("b", {"--shard", "2/3"}));
  good(evaluation("c", {"--shard", "3/3"}));
  EXPECT_NE(bytes_of("a/evaluation.json").find("missing"), std::string::npos);
  good({"merge", "b", "a", "c", "--out", "merged", "-q"});
  expect_same_trees("merged", "whole");
}

TEST_F(CliEvaluate, KilledAtAnyMomentItGoesOnToTheSameBytes) {
  write_experiment();
  const auto start = std::chrono::steady_clock::now();
  good(evaluation("due"));
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  for (unsigned seed = 1; seed <= 5 * effort(); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const std::string out = "killed" + std::to_string(seed);
    ProgramSetting kill;
    kill.signal = SIGKILL;
    for (int attempt = 0; attempt < 2; ++attempt) {
      kill.interrupt_after_msec =
          static_cast<int>(random() % static_cast<std::uint64_t>(whole.count()));
      airnn(evaluation(out, {"--resume"}), kill);
    }
    good(evaluation(out, {"--resume"}));
    expect_same_trees(out, "due");
    fs::remove_all(path(out));
  }
}

TEST_F(CliEvaluate, DoesNotRepeatWhatIsThere) {
  write_experiment();
  good(evaluation("out"));
  const std::string run = run_of(0);
  const auto before = fs::last_write_time(path(run + "/results.json"));
  good(evaluation("out", {"--resume"}));
  EXPECT_EQ(fs::last_write_time(path(run + "/results.json")), before);
}

TEST_F(CliEvaluate, InterruptedItKeepsWhatIsDone) {
  write("e.yaml", "title: Long\n" + networks() +
                      "matrix:\n  - network: net\n    compile.clusters: [2, 3, 4, 5, 6, 7, 8, 9]\n"
                      "    threshold: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]\n    run: " +
                      config("run/default.yaml") + "\n");
  ProgramSetting interrupt;
  interrupt.interrupt_after_msec = 300;
  interrupt.interrupt_once_exists = "out/plan.json";
  const ProgramRun run = airnn(evaluation("out"), interrupt);
  EXPECT_EQ(run.exit_code, 4) << run.err;
  EXPECT_NE(bytes_of("out/evaluation.json"), "");
}

TEST_F(CliEvaluate, AFailingPointDoesNotStopTheOthers) {
  write("e.yaml", "title: One fails\n" + networks() +
                      "matrix:\n  - network: net\n    accelerator.lanes: [4, 0, 8]\n    run: " +
                      config("run/default.yaml") + "\n");
  const ProgramRun run = airnn({"evaluate", "e.yaml", "--out", "out"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("point 1 (e) failed"), std::string::npos) << run.err;
  EXPECT_NE(run.out.find("2 of 3 points are done, 1 failed"), std::string::npos) << run.out;
  const Json failures = json_of("out/failures.json");
  ASSERT_EQ(failures.size(), 1U);
  EXPECT_EQ(failures.at(0).at("point"), 1);
  const std::vector<std::string> points = lines_of("out/points.csv");
  EXPECT_NE(points.at(1).find(",done,"), std::string::npos);
  EXPECT_NE(points.at(2).find(",failed,"), std::string::npos);
  EXPECT_NE(points.at(3).find(",done,"), std::string::npos);
  EXPECT_EQ(json_of("out/evaluation.json").at("progress"),
            Json::parse(R"({"points": 3, "done": 2, "failed": ["0 lanes"], "missing": []})"));
  good({"report", "out", "-o", "page.html", "--markdown", "page.md"});
  const std::string banner = "Unfinished: 2 of 3 points are done. 1 point failed: 0 lanes.";
  EXPECT_NE(bytes_of("page.md").find("> " + banner), std::string::npos);
  EXPECT_NE(bytes_of("page.html").find(banner), std::string::npos);
}

TEST_F(CliEvaluate, WhatTheCompilerRefusesIsReportedWithItsLine) {
  write("e.yaml", "title: One fails\n" + networks() +
                      "matrix:\n  - network: net\n    compile.scheme: base\n    run: " +
                      config("run/default.yaml") +
                      "\n  - network: net\n    compile.clusters:\n      - 2,conv=8\n    run: " +
                      config("run/default.yaml") + "\n");
  const ProgramRun run = airnn(evaluation("out"));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("point 1 (e) failed: e.yaml:13: compile.clusters: "), std::string::npos)
      << run.err;
  EXPECT_NE(bytes_of("out/failures.json").find("e.yaml:13: compile.clusters: "), std::string::npos);
}

TEST_F(CliEvaluate, APointWhoseMachineHangsIsReported) {
  const std::string common = "accelerator: " + config("accelerator/default.yaml") +
                             "\nmemory: " + config("memory/flat.yaml") +
                             "\nenergy: " + config("energy/horowitz_han_45nm.yaml") + "\n";
  write("sound.yaml", common);
  write("stuck.yaml", common +
                          "faults: [{kind: stuck_stream, stream: "
                          "buffer_address_calculation.out_placed_0, cycle: 5000}]\n");
  write("e.yaml", "title: One hangs\n" + networks() +
                      "matrix:\n  - {network: net, run: [stuck.yaml, sound.yaml]}\n");
  const ProgramRun run = airnn(evaluation("out"));
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_NE(bytes_of("out/failures.json").find("watchdog"), std::string::npos)
      << bytes_of("out/failures.json");
  EXPECT_NE(lines_of("out/points.csv").at(2).find(",done,"), std::string::npos);
}

TEST_F(CliEvaluate, RefusesWhatCannotBeRun) {
  const std::string run = "    run: " + config("run/default.yaml") + "\n";
  const auto refuse = [&](const std::string& text, const std::string& message) {
    write("e.yaml", text);
    expect_refused(evaluation("out"), message);
  };
  refuse("titel: x\n" + networks() + "matrix:\n  - network: net\n" + run, "'titel'");
  refuse("title: x\n" + networks() + "matrix:\n  - network: nets\n" + run, "did you mean 'net'?");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n", "'run' is missing");
  refuse("title: x\n" + networks(), "matrix");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    compile.cluster: 8\n" + run,
         "did you mean '--clusters'?");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    accelerator.lanse: 8\n" + run,
         "e.yaml:9: unknown key 'lanse' in accelerator; did you mean 'lanes'?");
  refuse("title: x\n" + networks() +
             "matrix:\n  - network: net\n    accelerator.lanes:\n      - 0\n" + run,
         "e.yaml:10: accelerator.lanes: expected");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    treshold: 8\n" + run,
         "e.yaml:9: unknown key 'treshold'; did you mean 'threshold'?");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    memory: none.yaml\n" + run,
         "e.yaml:9: memory: none.yaml: cannot be read");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    run: none.yaml\n",
         "e.yaml:9: run: none.yaml: cannot be read");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    compile.clusters: 0\n" + run,
         "e.yaml:9: compile.clusters: ");
  refuse(
      "title: x\n" + networks() + "matrix:\n  - network: net\n    compile.clusters: --help\n" + run,
      "e.yaml:9: compile.clusters: ");
  refuse(
      "title: x\nnetworks:\n  net:\n    model: none.onnx\n    images: digits-images.idx\n"
      "matrix:\n  - network: net\n" +
          run,
      "e.yaml:4: networks.net: none.onnx: ");
  for (const auto& [values, second] :
       std::map<std::string, std::string>{{"[0.9, 0.9]", "'0.9'"},
                                          {"[0.9, .9]", "'.9'"},
                                          {"[0.9, 0.5, 9e-1]", "'9e-1'"},
                                          {"[1e1, 10]", "'10'"},
                                          {"[0x10, 16]", "'16'"},
                                          {"[+1, 1.0]", "'1.0'"},
                                          {"{a: 0.9, b: .90}", "'.90'"},
                                          {"[0.9, \"0.9\"]", "'0.9'"}}) {
    refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    threshold: " + values +
               "\n" + run,
           "e.yaml:9: threshold: " + second + " is the same value as");
  }
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n    run:\n      - " +
             config("run/default.yaml") + "\n      - " + config("experiments/../run/default.yaml") +
             "\n",
         "e.yaml:11: run: ");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n" + run +
             "plots:\n  - {title: t, kind: front, x: threshold, y: accuracy}\n",
         "expected a metric of a whole run");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n" + run +
             "plots:\n  - {title: t, kind: cycles, where: {netwrk: net}}\n",
         "did you mean 'network'?");
  refuse("title: x\ninclude: [e.yaml]\n", "include each other");
  refuse("title: x\ninclude: [none.yaml]\n", "none.yaml");
  refuse("title: x\n" + networks() + "matrix:\n  - network: net\n" + run +
             "plots:\n  - {title: t, kind: front, x: energy, y: acuracy}\n",
         "did you mean 'accuracy'?");
  unsetenv("AIRNN_DATA");
  refuse(
      "title: x\nnetworks:\n  net: {model: m.onnx, images: $AIRNN_DATA/x}\n"
      "matrix:\n  - network: net\n" +
          run,
      "AIRNN_DATA");
}

TEST_F(CliEvaluate, InstalledExperimentsFindModelsAndConfigurations) {
  // The layout of an installation, somewhere else than the sources.
  const std::string share = path("prefix/share/airnn");
  fs::create_directories(share);
  fs::create_directories(path("prefix/bin"));
  fs::copy(source_path("configs"), share + "/configs", fs::copy_options::recursive);
  fs::copy(source_path("models"), share + "/models", fs::copy_options::recursive);
  fs::copy(AIRNN_PROGRAM, path("prefix/bin/airnn"));
  good({"digits", "--count", "20", "--seed", "5", "-o", "digits"});
  fs::create_directories(path("out/demo"));
  for (const char* file : {"digits-images.idx", "digits-labels.idx"}) {
    fs::copy(path(file), path("out/demo/") + file);
  }
  ProgramSetting here;
  here.folder = path("");
  const auto run = [&](const std::string& experiment, const std::string& out) {
    return run_program(path("prefix/bin/airnn"),
                       {"evaluate", experiment, "--out", out, "--jobs", "2", "-q"}, here);
  };
  const ProgramRun installed = run(share + "/configs/experiments/demo.yaml", "installed");
  EXPECT_EQ(installed.exit_code, 0) << installed.err;
  EXPECT_EQ(json_of("installed/evaluation.json").at("title"), "LeNet-5 on drawn digits");
  // One of the user's own, which has neither a model nor a configuration beside it.
  write(
      "e.yaml",
      "title: Own\nnetworks:\n  net: {model: models/lenet300-100.onnx, images: digits-images.idx, "
      "labels: digits-labels.idx}\n"
      "matrix:\n  - {network: net, compile.clusters: 2, run: configs/run/default.yaml}\n");
  const ProgramRun own = run("e.yaml", "own");
  EXPECT_EQ(own.exit_code, 0) << own.err;
  setenv("AIRNN_HOME", path("nothing").c_str(), 1);
  EXPECT_EQ(run("e.yaml", "other").exit_code, 2) << "its own files are said to lie elsewhere";
}

TEST_F(CliEvaluate, RefusesFoldersThatItDoesNotExpect) {
  write_experiment();
  fs::create_directory(path("full"));
  write("full/mine.txt", "mine");
  expect_refused(evaluation("full"), "--resume");
  expect_refused(evaluation("full", {"--resume"}), "no evaluation");
  EXPECT_EQ(bytes_of("full/mine.txt"), "mine");
  expect_refused(evaluation("out", {"--shard", "1"}), "--shard");
  expect_refused(evaluation("out", {"--shard", "3/2"}), "--shard");
  expect_refused({"merge", "full", "--out", "merged"}, "evaluation.seal");
  good(evaluation("a", {"--shard", "1/2"}));
  write("e.yaml", bytes_of("e.yaml") + "text: another\n");
  good(evaluation("b", {"--shard", "2/2"}));
  expect_refused({"merge", "a", "b", "--out", "merged"}, "another experiment");
}

}  // namespace
}  // namespace airnn::test
