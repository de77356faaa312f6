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

TEST(RunDocument, DrawsALinkWhoseWiresStreamsShare) {
  Json results = sample_results({SampleIteration()});
  EXPECT_FALSE(run_document(StoredRun::read(results, "results.json"))
                   .at("sections")
                   .at(0)
                   .contains("pictures"));
  results["interconnect"] = {
      {"cycles", 200},
      {"nodes",
       {{{"node", "0"}, {"x", 0}, {"y", 0}, {"units", {"memory"}}},
        {{"node", "1"}, {"x", 1}, {"y", 0}, {"units", {"conv"}}}}},
      {"links",
       {{{"link", "link 0 to 1"}, {"from", "0"}, {"to", "1"}, {"flits", 25}, {"busy", 50}},
        {{"link", "ejection at 1"}, {"from", "1"}, {"to", nullptr}, {"flits", 5}, {"busy", 10}}}}};
  const Json document = run_document(StoredRun::read(results, "results.json"));
  const Json& picture = document.at("sections").at(0).at("pictures").at(0);
  EXPECT_EQ(picture.at("headline"),
            "The busiest of 2 links, link 0 to 1, is busy for 25 % of the cycles.");
  EXPECT_EQ(picture.at("links").at(0).at("share"), 0.25);
  EXPECT_EQ(picture.at("links").at(0).at("amount"), 25);
  EXPECT_EQ(picture.at("links").at(1).at("to_units"), true);
  EXPECT_EQ(picture.at("nodes").at(1).at("units"), Json::array({"conv"}));
}

}  // namespace
}  // namespace airnn::test
