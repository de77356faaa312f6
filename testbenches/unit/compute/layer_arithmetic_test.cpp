// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/layer_arithmetic.h"

#include <gtest/gtest.h>

#include "hw/compute/product/exact_product.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {
namespace {

class LayerArithmeticTest : public testing::TestWithParam<std::tuple<LayerKind, std::int32_t>> {};

TEST_P(LayerArithmeticTest, EqualsSumsOf128Bits) {
  const auto [kind, bits] = GetParam();
  std::uint64_t elements = 0;
  std::uint64_t unclamped = 0;
  std::uint64_t saturated = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    LayerGenerator random(seed, bits);
    const RandomLayer drawn = random.draw(kind);
    const ExactProduct product;
    LayerArithmetic arithmetic(drawn.layer, drawn.input_format, drawn.skip_format, product);
    const std::vector<std::int32_t> expected = drawn.expected_output();
    const std::int32_t* skip = drawn.skip.empty() ? nullptr : drawn.skip.data();
    const SparseKernels kernels = drawn.layer.has_weights() ? kernels_of(drawn) : SparseKernels();
    const SparseKernels* loaded = drawn.layer.has_weights() ? &kernels : nullptr;
    const std::uint64_t beyond = drawn.expected_saturated();
    saturated += beyond;
    // Twice: nothing of the first run may be left in the second.
    for (int run = 0; run < 2; ++run) {
      ASSERT_EQ(arithmetic.compute(loaded, drawn.input.data(), skip), expected) << "seed " << seed;
      ASSERT_EQ(arithmetic.saturated(), beyond) << "seed " << seed;
    }
    for (const std::int32_t element : expected) {
      ++elements;
      unclamped += element > drawn.layer.clamp_low && element < drawn.layer.clamp_high ? 1 : 0;
    }
  }
  // Clamped values would hide wrong sums.
  EXPECT_GT(unclamped * 4, elements);
  EXPECT_EQ(saturated > 0, kind != LayerKind::pooling);
}

INSTANTIATE_TEST_SUITE_P(Layers, LayerArithmeticTest,
                         testing::Combine(testing::Values(LayerKind::convolution,
                                                          LayerKind::depthwise,
                                                          LayerKind::fully_connected,
                                                          LayerKind::pooling, LayerKind::addition),
                                          testing::Values(8, 16, 32)));

}  // namespace
}  // namespace airnn::test
