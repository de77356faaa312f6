// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plan.h"

#include <gtest/gtest.h>

#include "sw/evaluate/metric.h"
#include "sw/format/errors.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

Plan sample_plan() {
  Plan plan;
  plan.version = "1";
  plan.title = "T";
  plan.networks.push_back({"net", "n.onnx", "k1", "i.idx", "k2", "l.idx", "k3", 0, 12});
  Experiment experiment;
  experiment.id = "e";
  experiment.published.push_back(
      {"Table I", "energy", test::settings({{"network", "net"}}), "", 0, {0.5}, ""});
  experiment.plots.push_back({"P", "front", "energy", "accuracy", "all", {}});
  plan.experiments.push_back(experiment);
  PlannedPoint point;
  point.settings = {{"memory", "flat", "/somewhere/flat.yaml"}};
  point.image_key = std::string(32, '1');
  point.run_key = std::string(32, 'a');
  plan.points.push_back(point);
  return plan;
}

TEST(Plan, ReadAgainIsTheSame) {
  const std::string text = plan_text(sample_plan());
  EXPECT_EQ(plan_text(plan_from(text, "plan.json")), text);
}

TEST(Plan, OnlyMachinesWithElementsHaveAKeyOfExactOnes) {
  Plan plan = sample_plan();
  EXPECT_EQ(plan_text(plan).find("exact_key"), std::string::npos);
  plan.points[0].exact_key = "e";
  EXPECT_EQ(plan_from(plan_text(plan), "plan.json").points[0].exact_key, "e");
}

TEST(Plan, HoldsNoPathOfTheMachine) {
  EXPECT_EQ(plan_text(sample_plan()).find("/somewhere"), std::string::npos);
}

TEST(Plan, RefusesWhatIsNone) {
  for (const char* text : {"", "[]", "{\"schema\": \"airnn-plan-0\"}", "{\"schema\": 3}"}) {
    EXPECT_THROW(plan_from(text, "plan.json"), UserError) << text;
  }
  std::string text = plan_text(sample_plan());
  text.replace(text.find("\"experiment\": 0"), 15, "\"experiment\": 4");
  EXPECT_THROW(plan_from(text, "plan.json"), UserError);
}

TEST(Plan, RefusesNumbersThatAreNotWhole) {
  for (const char* const key : {"\"experiment\": 0", "\"inputs\": 12", "\"first_iteration\": 0"}) {
    for (const char* const number : {"1.5", "-1e300", "1e300", "\"1\""}) {
      std::string text = plan_text(sample_plan());
      const std::string name(key, std::string(key).find(' '));
      text.replace(text.find(key), std::string(key).size(), name + number);
      try {
        plan_from(text, "plan.json");
        ADD_FAILURE() << name << number << " was taken";
      } catch (const UserError& error) {
        EXPECT_NE(std::string(error.what()).find("expected a whole number"), std::string::npos)
            << error.what();
      }
    }
  }
}

TEST(Plan, MetricsOfAnAlteredPlanAreRefused) {
  EXPECT_EQ(metric_of("accuracy"), Metric::accuracy);
  EXPECT_THROW(metric_of("acuracy"), UserError);
  EXPECT_THROW(metric_of(""), UserError);
}

TEST(Plan, RefusesKeysThatWouldLeadOutOfTheFolder) {
  for (std::string PlannedPoint::*key :
       {&PlannedPoint::image_key, &PlannedPoint::run_key, &PlannedPoint::records_key}) {
    for (const char* text :
         {"../../../../../../../home/user/1", "1", "0123456789ABCDEF0123456789ABCDEF",
          "0123456789abcdef0123456789abcde/"}) {
      Plan plan = sample_plan();
      plan.points[0].*key = text;
      try {
        plan_from(plan_text(plan), "plan.json");
        ADD_FAILURE() << text << " was taken for a key";
      } catch (const UserError& error) {
        EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
      }
    }
  }
}

}  // namespace
}  // namespace airnn
