// SPDX-License-Identifier: Apache-2.0
#include "hw/top/layer_scopes.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

using Names = std::vector<std::string>;

Names scopes_of(const Names& layers) {
  Network network;
  for (const std::string& name : layers) {
    network.layers.emplace_back().name = name;
  }
  return layer_scopes(network);
}

TEST(LayerScopes, AreTheNamesOfTheLayers) {
  const Names names{"/0/Conv", "fc-1", "Conv_0", "layer7"};
  EXPECT_EQ(scopes_of(names), names);
}

TEST(LayerScopes, HaveNoCharactersWithAMeaningInPathsAndPatterns) {
  EXPECT_EQ(scopes_of({"features.0", "a b", "c[1]*?!", "fc#2", "Größe"}),
            (Names{"features_0", "a_b", "c_1____", "fc_2", "Gr____e"}));
}

TEST(LayerScopes, DifferWhereNamesBecameEqual) {
  EXPECT_EQ(scopes_of({"a.b", "a_b", "a b", "a_b_2"}), (Names{"a_b", "a_b_2", "a_b_3", "a_b_2_2"}));
}

TEST(LayerScopes, AreNoUnitsName) {
  EXPECT_EQ(scopes_of({"score.calculation", "input buffer", "clock", "memory"}),
            (Names{"score_calculation_2", "input_buffer_2", "clock_2", "memory"}));
}

}  // namespace
}  // namespace airnn::test
