// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn::test {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;

/// "working: memory 5, controller 7", for each series of the plot of units.
std::vector<std::string> bars(const Json& units) {
  Json results = sample_results({SampleIteration()});
  results["units"] = units;
  const Json document = run_document(StoredRun::read(results, "results.json"));
  std::vector<std::string> all;
  for (const Json& series : document.at("sections").at(0).at("plots").at(1).at("series")) {
    std::string text = series.at("label").get<std::string>() + ":";
    for (const Json& point : series.at("points")) {
      text += " " + point.at("x").get<std::string>() + " " + point.at("y").dump();
    }
    all.push_back(text);
  }
  return all;
}

Json unit(int working, int waiting_for_input, int waiting_for_credit) {
  return {{"working", working},
          {"waiting_for_input", waiting_for_input},
          {"waiting_for_credit", waiting_for_credit},
          {"idle", 100 - working - waiting_for_input - waiting_for_credit},
          {"total", 100}};
}

TEST(RunDocument, DrawsWhereTheCyclesOfEachUnitGo) {
  EXPECT_THAT(
      bars({{"memory", unit(50, 20, 10)}, {"score", unit(1, 2, 3)}}),
      ElementsAre("working: memory 50.0 score 1.0", "waiting for input: memory 20.0 score 2.0",
                  "waiting for credit: memory 10.0 score 3.0", "idle: memory 20.0 score 94.0"));
}

TEST(RunDocument, ClaimsNothingOfUnitsThatAreNotObserved) {
  EXPECT_THAT(bars({{"memory", "not observed"}, {"score", unit(1, 2, 3)}}),
              ElementsAre("working: score 1.0", "waiting for input: score 2.0",
                          "waiting for credit: score 3.0", "idle: score 94.0",
                          "not observed: memory 100.0"));
}

}  // namespace
}  // namespace airnn::test
