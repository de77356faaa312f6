// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/float_inference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sw/golden/float_inference.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

TEST(FloatInference, SeesTheLargestValueOfEveryLayer) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const Model model = test::every_layer(seed);
    const auto input = test::normal_weights(128, 1.0, seed);
    const auto largest = FloatInference(model).largest_values(input);
    const auto reference = golden::FloatInference(model).run(input);
    ASSERT_EQ(largest.size(), reference.outputs.size());
    for (std::size_t i = 0; i < largest.size(); ++i) {
      // Rectified values and windows that cover the map: pooling keeps the largest.
      double expected = 0;
      for (const float value : reference.outputs[i]) {
        expected = std::max(expected, std::abs(static_cast<double>(value)));
      }
      EXPECT_NEAR(largest[i], expected, 1e-5 * (1 + expected)) << model.network.layers[i].name;
    }
  }
}

TEST(FloatInference, CountsMultiplications) {
  EXPECT_EQ(FloatInference(test::neuron_layer("fc", 10, std::vector<float>(30), {0, 0, 0}))
                .multiplications(),
            30);
  EXPECT_EQ(FloatInference(test::every_layer(1)).multiplications(),
            6 * 64 * 18 + 6 * 16 * 9 + 6 * 16 * 6 + 5 * 24);
}

}  // namespace
}  // namespace airnn
