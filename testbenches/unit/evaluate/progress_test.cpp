// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/progress.h"

#include <gtest/gtest.h>

#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

using Json = nlohmann::ordered_json;

/// Two experiments: three points that are done, failed and missing, and one that is only compiled.
class Progress : public testing::Test {
 protected:
  Progress() {
    plan_.experiments.resize(2);
    plan_.experiments[0].id = "first";
    plan_.experiments[1].id = "second";
    for (const char* threshold : {"0.7", "0.8", "0.9"}) {
      add(0, {{"network", "a"}, {"threshold", threshold}}, "run");
    }
    add(1, {{"network", "b"}}, "");
    points_.resize(plan_.points.size());
    for (std::size_t i = 0; i < points_.size(); ++i) {
      points_[i].point = &plan_.points[i];
      points_[i].simulates = !plan_.points[i].run_key.empty();
    }
    points_[0].run = test::measures_of(test::sample_results({test::SampleIteration()}));
    points_[1].failure = "no memory";
  }
  void add(std::size_t experiment, const std::vector<std::pair<std::string, std::string>>& pairs,
           const std::string& run_key) {
    PlannedPoint& point = plan_.points.emplace_back();
    point.experiment = experiment;
    point.settings = test::settings(pairs);
    point.run_key = run_key;
  }

  Plan plan_;
  std::vector<PointMeasures> points_;
};

TEST_F(Progress, NamesWhatFailedAndWhatIsMissing) {
  EXPECT_EQ(progress_json(plan_, points_),
            Json::parse(R"({"points": 4, "done": 1, "failed": ["first: threshold 0.8"],
                            "missing": ["first: threshold 0.9", "second: b"]})"));
  points_[3].image.emplace();
  EXPECT_EQ(progress_json(plan_, points_).at("done"), 2) << "an image was all that was wanted";
}

TEST_F(Progress, AFailureIsNotUndoneByAnOldRun) {
  points_[0].failure = "broken";
  EXPECT_STREQ(status_of(points_[0]), "failed");
  EXPECT_EQ(progress_json(plan_, points_).at("done"), 0);
}

TEST_F(Progress, OneExperimentNeedsNoName) {
  plan_.experiments.pop_back();
  plan_.points.pop_back();
  points_.pop_back();
  EXPECT_EQ(progress_json(plan_, points_).at("failed"), Json({"threshold 0.8"}));
}

}  // namespace
}  // namespace airnn
