// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment_reader.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "sw/evaluate/metric.h"
#include "sw/format/errors.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;

class ExperimentReader : public testing::Test {
 protected:
  ExperimentReader() : folder_(scratch_.path()) { fs::create_directories(folder_ / "sub"); }
  ExperimentSuite read(const std::string& text) const {
    write("e.yaml", text);
    return read_experiments((folder_ / "e.yaml").string());
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  const std::string networks_ =
      "networks:\n  a: {model: a.onnx, images: $AIRNN_DATA/i.idx}\n"
      "  b: {model: sub/b.onnx, images: i.idx, labels: l.idx, count: 5}\n";

 private:
  test::ScratchFolder scratch_;
  fs::path folder_;
};

TEST_F(ExperimentReader, SpreadsOutEveryBlock) {
  setenv("AIRNN_DATA", "/data", 1);
  const ExperimentSuite suite =
      read("title: t\n" + networks_ +
           "matrix:\n"
           "  - {network: [a, b], run: r.yaml, threshold: [0.5, 0.9]}\n"
           "  - {network: a, run: {slow: sub/r.yaml, fast: r.yaml}, compile.clusters: 8}\n");
  const std::vector<Settings>& points = suite.experiments.at(0).points;
  ASSERT_EQ(points.size(), 4U + 2U);
  EXPECT_EQ(name_of(points[0], "network") + name_of(points[0], "threshold"), "a0.5");
  EXPECT_EQ(name_of(points[1], "network") + name_of(points[1], "threshold"), "a0.9");
  EXPECT_EQ(name_of(points[2], "network") + name_of(points[2], "threshold"), "b0.5");
  EXPECT_EQ(name_of(points[4], "run"), "slow");
  EXPECT_EQ(points[4][1].value, in_folder("sub/r.yaml"));
  EXPECT_EQ(name_of(points[0], "run"), "r") << "a file without a name has its own";
  EXPECT_EQ(name_of(points[0], "compile.clusters"), "");
  EXPECT_EQ(suite.experiments.at(0).id, "e");
}

TEST_F(ExperimentReader, FindsFilesBesideTheFileAndInTheDataFolder) {
  setenv("AIRNN_DATA", "/data", 1);
  const ExperimentSuite suite =
      read("title: t\n" + networks_ + "matrix: [{network: a, run: r.yaml}]\n");
  EXPECT_EQ(suite.networks.at(0).images, "/data/i.idx");
  EXPECT_EQ(suite.networks.at(0).count, 0);
  EXPECT_EQ(suite.networks.at(1).model, in_folder("sub/b.onnx"));
  EXPECT_EQ(suite.networks.at(1).count, 5);
}

TEST_F(ExperimentReader, FindsInOtherFoldersWhatIsNotBesideTheFile) {
  setenv("AIRNN_DATA", "/data", 1);
  fs::create_directories(fs::path(in_folder("share")) / "models");
  write("share/models/a.onnx", "");
  write("share/i.idx", "");
  write("i.idx", "");
  write("e.yaml",
        "title: t\nnetworks:\n  a: {model: models/a.onnx, images: i.idx, labels: none.idx}\n"
        "matrix: [{network: a, run: r.yaml}]\n");
  const ExperimentSuite suite =
      read_experiments(in_folder("e.yaml"), {}, {in_folder("none"), in_folder("share")});
  EXPECT_EQ(suite.networks.at(0).model, in_folder("share/models/a.onnx"));
  EXPECT_EQ(suite.networks.at(0).images, in_folder("i.idx")) << "beside the file comes first";
  EXPECT_EQ(suite.networks.at(0).labels, in_folder("none.idx"));
}

TEST_F(ExperimentReader, RefusesEqualValuesHoweverTheyAreWritten) {
  setenv("AIRNN_DATA", "/data", 1);
  const auto matrix = [&](const std::string& values) {
    return "title: t\n" + networks_ + "matrix: [{network: a, run: r.yaml, x: " + values + "}]\n";
  };
  for (const char* values : {"[1, 1]", "[0.9, .9]", "[1e1, 10]", "[0x10, 16]", "[8, +8]",
                             "[5, 5.0]", "{a: 1, b: 1}", "[a, b, a]", "[true, true]"}) {
    EXPECT_THROW(read(matrix(values)), ConfigError) << values;
  }
  for (const char* values : {"[1, 2]", "[0.9, 0.91]", "[a, b]", "[true, 1]", "[10, '10,c=1']"}) {
    EXPECT_NO_THROW(read(matrix(values))) << values;
  }
}

TEST_F(ExperimentReader, ReadsPublishedNumbersAndPlots) {
  setenv("AIRNN_DATA", "/data", 1);
  const ExperimentSuite suite =
      read("title: t\n" + networks_ +
           "matrix: [{network: a, run: r.yaml}]\n"
           "published:\n"
           "  - {source: s, metric: groups, layer: c1, iterations: [3, 4], where: {network: a}}\n"
           "  - {source: s, metric: energy, value: 0.5, missing: not at hand}\n"
           "plots:\n"
           "  - {title: p, kind: per_iteration, y: energy_so_far, accounting: value_reads}\n");
  const Experiment& experiment = suite.experiments.at(0);
  EXPECT_EQ(experiment.published.at(0).values, (std::vector<double>{3, 4}));
  EXPECT_EQ(experiment.published.at(0).first_iteration, 1);
  EXPECT_EQ(name_of(experiment.published.at(0).where, "network"), "a");
  EXPECT_EQ(experiment.published.at(1).first_iteration, 0);
  EXPECT_EQ(experiment.published.at(1).missing, "not at hand");
  EXPECT_EQ(experiment.plots.at(0).accounting, "value_reads");
}

TEST_F(ExperimentReader, IncludesFilesWhoseNetworksAgree) {
  setenv("AIRNN_DATA", "/data", 1);
  const std::string points = "matrix: [{network: a, run: r.yaml}]\n";
  write("one.yaml", "title: one\n" + networks_ + points);
  write("two.yaml", "title: two\n" + networks_ + points);
  const ExperimentSuite suite = read("title: both\ninclude: [one.yaml, two.yaml]\n");
  EXPECT_EQ(suite.title, "both");
  ASSERT_EQ(suite.experiments.size(), 2U);
  EXPECT_EQ(suite.experiments[1].id, "two");
  EXPECT_EQ(suite.networks.size(), 2U);
  write("two.yaml", "title: two\nnetworks: {a: {model: other.onnx}}\n" + points);
  EXPECT_THROW(read("title: both\ninclude: [one.yaml, two.yaml]\n"), ConfigError);
  EXPECT_THROW(read("title: both\ninclude: [one.yaml, one.yaml]\n"), ConfigError);
}

TEST_F(ExperimentReader, RefusesMetricsThatDoNotFit) {
  setenv("AIRNN_DATA", "/data", 1);
  const std::string head = "title: t\n" + networks_ + "matrix: [{network: a, run: r.yaml}]\n";
  for (const char* tail :
       {"published: [{source: s, metric: groups, iterations: [1]}]\n",
        "published: [{source: s, metric: energy, iterations: [1]}]\n",
        "published: [{source: s, metric: energy_so_far, value: 1}]\n",
        "published: [{source: s, metric: energi, value: 1}]\n",
        "plots: [{title: p, kind: per_iteration, y: energy}]\n",
        "plots: [{title: p, kind: against, x: threshold, y: energy_so_far}]\n",
        "plots: [{title: p, kind: per_iteration, y: groups}]\n",
        "plots: [{title: p, kind: front, x: threshold, y: energy}]\n",
        "plots: [{title: p, kind: against, x: treshold, y: energy}]\n",
        "plots: [{title: p, kind: front, x: time, y: accuracy, accounting: value_reads}]\n",
        "plots: [{title: p, kind: cycles, where: {network: b}}]\n",
        "published: [{source: s, metric: energy, value: 1, where: {netwrk: a}}]\n",
        "plots: [{title: p, kind: pie}]\n"}) {
    EXPECT_THROW(read(head + tail), ConfigError) << tail;
  }
}

TEST_F(ExperimentReader, ANameStandsForOneValue) {
  setenv("AIRNN_DATA", "/data", 1);
  EXPECT_THROW(
      read("title: t\n" + networks_ + "matrix: [{network: a, run: [r.yaml, sub/r.yaml]}]\n"),
      ConfigError);
  EXPECT_NO_THROW(
      read("title: t\n" + networks_ + "matrix: [{network: a, run: {r: r.yaml, s: sub/r.yaml}}]\n"));
}

TEST_F(ExperimentReader, AsksWhetherKeysCanBe) {
  setenv("AIRNN_DATA", "/data", 1);
  write("e.yaml",
        "title: t\n" + networks_ + "matrix:\n  - network: a\n    run: r.yaml\n    x: 1\n");
  try {
    read_experiments(in_folder("e.yaml"),
                     [](const std::string& key) { return key == "x" ? "not this one" : ""; });
    FAIL() << "accepted";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("e.yaml:8: matrix[0].x: not this one"),
              std::string::npos)
        << error.what();
  }
}

TEST(Metric, EveryNameIsThatOfItsMetric) {
  for (const std::string& name : metric_names()) {
    EXPECT_EQ(to_string(metric_of(name)), name);
  }
  EXPECT_EQ(to_string(Metric::elbow), metric_names().back());
}

}  // namespace
}  // namespace airnn
