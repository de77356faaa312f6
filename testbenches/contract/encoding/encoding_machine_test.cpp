// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "testbenches/contract/encoding/zero_runs.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_image.h"

namespace airnn::test {
namespace {

class EncodingMachine : public testing::TestWithParam<unsigned> {};

/// A whole machine reads what it was not built for: every map of every layer is the reference's,
/// and so is every decision. The monitors know the built-in arrays only.
TEST_P(EncodingMachine, ReadsRunsOfZeros) {
  std::mt19937_64 random(GetParam());
  RandomImageOptions options;
  options.scheme = Scheme::base;
  options.widths = {1 << (GetParam() % 3), 2};
  options.kept_percent = 20;
  const MemoryImage plain = random_image(options, random);
  const MemoryImage image =
      MemoryImage::parse(with_zero_runs(plain), "zero runs", encodings_with_zero_runs());
  AcceleratorParams params = default_params(image);
  params.assemblers = assemblers_with_zero_runs();
  params.controller.lanes = GetParam() % 2 == 0 ? 16 : 5;
  const FixedFormat format = image.network().format_of(kNetworkInput);
  const std::int64_t most = std::min<std::int64_t>(1000, format.max_integer());
  std::vector<std::vector<std::int32_t>> inputs(3);
  for (std::vector<std::int32_t>& input : inputs) {
    for (std::int64_t i = 0; i < image.network().input.size(); ++i) {
      const auto drawn = static_cast<std::int64_t>(random() % static_cast<unsigned>(2 * most + 1));
      input.push_back(static_cast<std::int32_t>(drawn - most));
    }
  }
  const GoldenComparison comparison = compare_with_golden(params, image, inputs, {}, {}, false);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_EQ(comparison.maps_compared, 3 * image.network().layers.size());
  for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
    EXPECT_EQ(image.dense_weights(l), plain.dense_weights(l));
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, EncodingMachine, testing::Range(0U, 6U));

}  // namespace
}  // namespace airnn::test
