// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plan.h"

#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "testbenches/unit/evaluate/sample_points.h"

namespace airnn {
namespace {

Plan sample_plan() {
  Plan plan;
  plan.version = "1";
  plan.title = "T";
  plan.networks.push_back({"net", "n.onnx", "k1", "i.idx", "k2", "l.idx", "k3", 12});
  Experiment experiment;
  experiment.id = "e";
  experiment.published.push_back(
      {"Table I", "energy", test::settings({{"network", "net"}}), "", 0, {0.5}, ""});
  experiment.plots.push_back({"P", "front", "energy", "accuracy", "all", {}});
  plan.experiments.push_back(experiment);
  PlannedPoint point;
  point.settings = {{"memory", "flat", "/somewhere/flat.yaml"}};
  point.image_key = "i";
  point.run_key = "r";
  plan.points.push_back(point);
  return plan;
}

TEST(Plan, ReadAgainIsTheSame) {
  const std::string text = plan_text(sample_plan());
  EXPECT_EQ(plan_text(plan_from(text, "plan.json")), text);
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

}  // namespace
}  // namespace airnn
