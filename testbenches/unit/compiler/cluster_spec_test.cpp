// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/cluster_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

std::string refusal(const std::string& text) {
  try {
    parse_cluster_spec(text);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ClusterSpec, ReadsANumberOrElbowForTheNetwork) {
  EXPECT_TRUE(parse_cluster_spec("elbow").network.is_elbow());
  EXPECT_EQ(parse_cluster_spec("10").network.clusters, 10);
  EXPECT_EQ(parse_cluster_spec("256").network.clusters, 256);
}

TEST(ClusterSpec, ReadsLayers) {
  const ClusterSpec spec = parse_cluster_spec("conv1=8,/2/Gemm=12");
  EXPECT_TRUE(spec.network.is_elbow());
  EXPECT_FALSE(spec.network.own_curve);
  EXPECT_EQ(spec.layers.at("conv1").clusters, 8);
  EXPECT_EQ(spec.layers.at("/2/Gemm").clusters, 12);
}

TEST(ClusterSpec, MixesNetworkAndLayers) {
  const ClusterSpec spec = parse_cluster_spec("fc=elbow,10,a=b=4");
  EXPECT_EQ(spec.network.clusters, 10);
  EXPECT_TRUE(spec.layers.at("fc").is_elbow());
  EXPECT_TRUE(spec.layers.at("fc").own_curve);
  EXPECT_EQ(spec.layers.at("a=b").clusters, 4);
}

TEST(ClusterSpec, RefusesWhatIsNoNumberOfClusters) {
  for (const char* text : {"", "0", "257", "-3", "ten", "8,", "8.5", "99999999999", "conv1="}) {
    EXPECT_THAT(refusal(text), testing::HasSubstr("from 1 to 256")) << text;
  }
  EXPECT_THAT(refusal("=4"), testing::HasSubstr("lacks the name"));
  EXPECT_THAT(refusal("8,9"), testing::HasSubstr("'9' is a second number"));
  EXPECT_THAT(refusal("a=1,a=2"), testing::HasSubstr("'a' comes twice"));
}

TEST(ClusterSpec, AppliesToTheLayersOfANetwork) {
  const Network network = test::every_layer(1).network;
  const auto counts = counts_per_layer(parse_cluster_spec("10,depthwise=3"), network);
  ASSERT_EQ(counts.size(), network.layers.size());
  EXPECT_EQ(counts[0].clusters, 10);
  EXPECT_EQ(counts[1].clusters, 3);
}

TEST(ClusterSpec, SuggestsTheNearestLayer) {
  const Network network = test::every_layer(1).network;
  try {
    counts_per_layer(parse_cluster_spec("deptwise=3"), network);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("'depthwise'"));
    EXPECT_THAT(error.what(), testing::HasSubstr("'deptwise'"));
  }
  EXPECT_THROW(counts_per_layer(parse_cluster_spec("pool=3"), network), UserError)
      << "a layer without weights has no clusters";
}

}  // namespace
}  // namespace airnn
