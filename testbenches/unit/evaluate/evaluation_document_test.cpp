// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/point_failures.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn::test {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::HasSubstr;

/// A folder with a base and an iterative point, of which the second is half as dear, and a third
/// that may fail.
class EvaluationDocument : public testing::Test {
 protected:
  EvaluationDocument() {
    plan_.version = "1";
    plan_.title = "A title";
    plan_.networks.push_back({});
    plan_.networks.back().name = "a";
    plan_.networks.back().inputs = 10;
    plan_.experiments.emplace_back();
    plan_.experiments.back().id = "first";
    plan_.experiments.back().title = "The first";
    add("base", {});
    SampleIteration half;
    half.value_pj = 30;
    half.index_pj = 40;
    half.fraction = 0.25;
    add("iterative", {half});
  }

  /// `iterations`: none for one of the default; a point is not there with `is_run` false.
  void add(const std::string& scheme, std::vector<SampleIteration> iterations, bool is_run = true) {
    if (iterations.empty()) {
      iterations.emplace_back();
    }
    PlannedPoint point;
    point.scheme = scheme;
    point.base_key = "conditions";
    point.run_key = std::to_string(plan_.points.size());
    point.settings =
        settings({{"network", "a"}, {"compile.scheme", scheme}, {"run", "default.yaml"}});
    point.commands = {"airnn compile", "airnn simulate"};
    plan_.points.push_back(point);
    if (!is_run) {
      return;
    }
    const SealedFiles run = EvaluationLayout(folder_.path(), plan_.program()).run(point.run_key);
    std::filesystem::create_directories(run.folder);
    for (const std::string& name : run.files) {
      write_file(run.path(name), "");
    }
    Json results = sample_results(iterations);
    results["config"] = {{"threshold", 0.9}, {"memory", {{"model", "flat"}}}};
    write_file(run_results_file(folder_.path(), point.run_key), results.dump());
    write_seal(run);
  }

  Json document() const {
    write_evaluation(plan_, folder_.path());
    return Json::parse(read_text(evaluation_file(folder_.path())));
  }
  std::string csv() const {
    write_evaluation(plan_, folder_.path());
    return read_text(points_file(folder_.path()));
  }
  /// The table of a section with this title; null if there is none.
  static Json table(const Json& section, const std::string& title) {
    for (const Json& one : section.at("tables")) {
      if (one.at("title").get<std::string>().rfind(title, 0) == 0) {
        return one;
      }
    }
    return nullptr;
  }
  /// The cells of the column whose label begins so.
  static std::vector<Json> column(const Json& table, const std::string& label) {
    std::size_t place = 0;
    while (table.at("columns").at(place).at("label").get<std::string>().rfind(label, 0) != 0) {
      ++place;
    }
    std::vector<Json> cells;
    for (const Json& row : table.at("rows")) {
      cells.push_back(row.at(place));
    }
    return cells;
  }

  ScratchFolder folder_;
  Plan plan_;
};

TEST_F(EvaluationDocument, HasASectionPerExperimentAndOneOfWhatWasRun) {
  const Json json = document();
  EXPECT_EQ(json.at("schema"), "airnn-evaluation-1");
  EXPECT_EQ(json.at("title"), "A title");
  ASSERT_EQ(json.at("sections").size(), 2U);
  EXPECT_EQ(json.at("sections").at(0).at("id"), "first");
  EXPECT_EQ(json.at("sections").at(0).at("title"), "The first");
  const Json& run = json.at("sections").at(1);
  EXPECT_EQ(run.at("id"), "what-was-run");
  EXPECT_EQ(table(run, "Points that failed"), nullptr);
  EXPECT_THAT(column(table(run, "Every point"), "commands"),
              ElementsAre("airnn compile; airnn simulate", "airnn compile; airnn simulate"));
  EXPECT_THAT(table(run, "Networks and inputs").at("headline").get<std::string>(),
              HasSubstr("10 inputs"));
}

TEST_F(EvaluationDocument, PointsAreComparedWithTheBase) {
  const Json points = table(document().at("sections").at(0), "All points");
  EXPECT_THAT(column(points, "status"), ElementsAre("done", "done"));
  EXPECT_THAT(column(points, "accuracy"), ElementsAre(1.0, 1.0));
  const std::vector<Json> energy = column(points, "energy");
  EXPECT_DOUBLE_EQ(energy.at(0).get<double>(), 1);
  EXPECT_DOUBLE_EQ(energy.at(1).get<double>(), 0.5);
}

TEST_F(EvaluationDocument, IterationsHaveARowEach) {
  add("iterative", {SampleIteration(), SampleIteration()});
  const Json iterations = table(document().at("sections").at(0), "All iterations");
  EXPECT_THAT(column(iterations, "iteration"), ElementsAre(1, 1, 1, 2));
  EXPECT_DOUBLE_EQ(column(iterations, "weights loaded").at(1).get<double>(), 0.25);
}

TEST_F(EvaluationDocument, ConfigurationsAreShownOncePerRunFile) {
  const Json run = document().at("sections").at(1);
  std::vector<Json> found;
  for (const Json& one : run.at("tables")) {
    if (one.at("title").get<std::string>().rfind("Configuration of", 0) == 0) {
      found.push_back(one);
    }
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(column(found[0], "key"), ElementsAre("threshold", "memory.model"));
  EXPECT_THAT(column(found[0], "value"), ElementsAre("0.9", "flat"));
}

TEST_F(EvaluationDocument, PointsThatFailedOrAreMissingAreNamed) {
  add("interleaved", {}, false);
  EXPECT_THAT(column(table(document().at("sections").at(0), "All points"), "status"),
              ElementsAre("done", "done", "missing"));
  EXPECT_EQ(document().at("progress").at("missing").size(), 1U);
  write_failures(folder_.path(), {{2, {3, "a rule was broken"}}});
  const Json json = document();
  EXPECT_EQ(json.at("progress").at("failed").size(), 1U);
  const Json failed = table(json.at("sections").at(1), "Points that failed");
  EXPECT_THAT(column(failed, "message"), ElementsAre("a rule was broken"));
  EXPECT_THAT(failed.at("headline").get<std::string>(), HasSubstr("1 of 3 points failed"));
}

TEST_F(EvaluationDocument, PointsCsvHasEverySettingAndEmptyCellsWhereThereIsNoNumber) {
  add("interleaved", {}, false);
  const std::string text = csv();
  EXPECT_EQ(text.rfind("point,experiment,network,compile.scheme,run,status,accuracy,", 0), 0U);
  EXPECT_THAT(text, HasSubstr("\n0,first,a,base,default.yaml,done,1,1.5,1,"));
  EXPECT_THAT(text, HasSubstr("\n2,first,a,interleaved,default.yaml,missing,,,"));
}

TEST_F(EvaluationDocument, PointsCsvHasColumnsOfMultipliersWhereThereAreExactOnes) {
  EXPECT_THAT(csv(), Not(HasSubstr("multiplication_energy")));
  plan_.points[0].exact_key = "k";
  const std::string file = run_results_file(folder_.path(), "0");
  Json results = Json::parse(read_text(file));
  results["summary"]["multipliers"] = {
      {{"type", "exact"}, {"relative_energy", 1.0}, {"multiplications", 10}}};
  results["summary"]["relative_multiplication_energy"] = 1.0;
  write_file(file, results.dump());
  EXPECT_THAT(csv(), HasSubstr(",elbow,multiplication_energy,accuracy_lost\n"));
  const Json points = table(document().at("sections").at(0), "All points");
  EXPECT_THAT(column(points, "energy of an input's multiplications"), ElementsAre(1.0, nullptr));
}

TEST_F(EvaluationDocument, PointsCsvHasColumnsOfAssociativeMemoriesWhereThereAreSome) {
  EXPECT_THAT(csv(), Not(HasSubstr("hit_rate")));
  const std::string file = run_results_file(folder_.path(), "0");
  Json results = Json::parse(read_text(file));
  results["summary"]["associative_memory"] = {{"zero_products", 5},
                                              {"cam_searches", 8},
                                              {"cam_hits", 2},
                                              {"relative_product_energy", 0.75},
                                              {"relative_product_energy_gated", 1.5}};
  write_file(file, results.dump());
  EXPECT_THAT(csv(), HasSubstr(",elbow,zero_share,hit_rate,zero_products_per_input,"
                               "searches_per_input,hits_per_input,product_energy,"
                               "product_energy_gated\n"));
  const Json points = table(document().at("sections").at(0), "All points");
  EXPECT_THAT(column(points, "searches that hit"), ElementsAre(0.25, nullptr));
}

TEST_F(EvaluationDocument, OfResultsThatAreDamagedIsRefusedByTheirName) {
  const std::string file = run_results_file(folder_.path(), "1");
  write_file(file, "{\"schema\": 1}\n");
  try {
    document();
    ADD_FAILURE() << "it is not refused";
  } catch (const UserError& error) {
    EXPECT_EQ(std::string(error.what()).rfind(file + ": not the results of a run: ", 0), 0U)
        << error.what();
  }
}

}  // namespace
}  // namespace airnn::test
