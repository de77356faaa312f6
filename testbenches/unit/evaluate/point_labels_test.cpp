// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_labels.h"

#include <gtest/gtest.h>

#include "testbenches/unit/evaluate/measured_sample.h"

namespace airnn {
namespace {

TEST(PointLabels, SettingsAreInWords) {
  const auto words = [](const std::string& key, const std::string& name) {
    return setting_words({key, name, name});
  };
  EXPECT_EQ(words("network", "lenet5"), "lenet5");
  EXPECT_EQ(words("compile.scheme", "base"), "base");
  EXPECT_EQ(words("compile.clusters", "12"), "12 clusters");
  EXPECT_EQ(words("compile.clusters", "elbow"), "clusters elbow");
  EXPECT_EQ(words("accelerator.lanes", "4"), "4 lanes");
  EXPECT_EQ(words("compile.batch-order", "maxmin"), "batch order maxmin");
  EXPECT_EQ(words("max_iterations", "3"), "max iterations 3");
}

TEST(PointLabels, APointIsNamedByWhatTellsItFromTheOthers) {
  test::MeasuredSample sample;
  sample.add({{"run", "flat"}, {"threshold", "0.9"}}, 1);
  EXPECT_EQ(point_name(*sample.points()[0], varying_keys(sample.points())), "a")
      << "nothing does: its network";
  sample.add({{"run", "ddr3"}, {"threshold", "0.9"}}, 1);
  sample.add({{"run", "ddr3"}}, 1);
  const MeasuredPoints points = sample.points();
  const auto keys = varying_keys(points);
  EXPECT_EQ(point_name(*points[0], keys), "flat, threshold 0.9");
  EXPECT_EQ(point_name(*points[1], keys), "ddr3, threshold 0.9");
  EXPECT_EQ(point_name(*points[2], keys), "ddr3");
}

}  // namespace
}  // namespace airnn
