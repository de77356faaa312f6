// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "hw/compute/mac/patch_tile.h"
#include "hw/compute/mac/pooling.h"
#include "hw/compute/mac/requantise.h"
#include "hw/compute/product/exact_product.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Requantise, HalvesGoUp) {
  EXPECT_EQ(round_shift(5, 1), 3);
  EXPECT_EQ(round_shift(-5, 1), -2);
  EXPECT_EQ(round_shift(-6, 2), -1);
  EXPECT_EQ(round_shift(-7, 2), -2);
  EXPECT_EQ(round_shift(-9, 0), -9);
}

TEST(Requantise, EqualsFloorOfTheWideSum) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100000; ++i) {
    const int shift = static_cast<int>(random() % 64);
    std::int64_t value = static_cast<std::int64_t>(random()) >> (random() % 64);
    const std::int64_t half = shift == 0 ? 0 : std::int64_t{1} << (shift - 1);
    value = std::min(value, kMost - half);
    const Wide divisor = Wide{1} << shift;
    const Wide sum = Wide{value} + half;
    const Wide floor = sum >= 0 ? sum / divisor : -((-sum + divisor - 1) / divisor);
    ASSERT_EQ(round_shift(value, shift), static_cast<std::int64_t>(floor))
        << value << " by " << shift;
  }
  EXPECT_EQ(round_shift(kMost - (std::int64_t{1} << 62), 63), 0);
  EXPECT_EQ(round_shift(-(std::int64_t{1} << 62), 63), 0);
  EXPECT_EQ(round_shift(-(std::int64_t{1} << 62) - 1, 63), -1);
}

TEST(Requantise, SaturatesToTheFormat) {
  for (const std::int32_t bits : {8, 16, 32}) {
    const FixedFormat format{bits, 0};
    EXPECT_EQ(saturate(kMost, format), (std::int64_t{1} << (bits - 1)) - 1);
    EXPECT_EQ(saturate(-kMost, format), -(std::int64_t{1} << (bits - 1)));
    EXPECT_EQ(saturate(-7, format), -7);
  }
}

TEST(Requantise, AlignMovesTheBinaryPoint) {
  EXPECT_EQ(align(-3, 4, 9), -96);
  EXPECT_EQ(align(-3, 4, 4), -3);
  EXPECT_EQ(align(-3, 4, 3), -1);
  EXPECT_EQ(align(3, 4, 3), 2);
  EXPECT_EQ(align(-1, 0, 62), -(std::int64_t{1} << 62));
}

struct Operands {
  std::vector<KernelWeight> weights;
  std::vector<std::int32_t> values;
  std::size_t stride = kTilePositions;
};

Operands random_operands(std::mt19937& random, std::uint32_t most_columns) {
  const auto columns = static_cast<std::uint32_t>(1 + random() % most_columns);
  std::uniform_int_distribution<std::int32_t> any(INT32_MIN, INT32_MAX);
  Operands operands;
  operands.stride += random() % 3;
  operands.values.resize(columns * operands.stride);
  for (std::int32_t& value : operands.values) {
    value = random() % 8 == 0 ? INT32_MIN : any(random);
  }
  for (std::uint32_t column = 0; column < columns; ++column) {
    if (random() % 3 != 0) {
      // Bounded so that no sum leaves 64 bits.
      operands.weights.push_back({column, any(random) / static_cast<std::int32_t>(columns + 1)});
    }
  }
  return operands;
}

class ExactProducts : public testing::TestWithParam<ExactProduct::Instructions> {
 protected:
  const ExactProduct product_{GetParam()};
};

TEST_P(ExactProducts, OfATileEqualWideSums) {
  std::mt19937 random(GetParam() == ExactProduct::Instructions::fastest ? 11 : 12);
  for (int round = 0; round < 400; ++round) {
    const Operands operands = random_operands(random, 90);
    std::int64_t sums[kTilePositions];
    Wide due[kTilePositions];
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      sums[p] = static_cast<std::int64_t>(random()) - 1000;
      due[p] = sums[p];
      for (const KernelWeight& weight : operands.weights) {
        due[p] += Wide{weight.value} * operands.values[weight.column * operands.stride + p];
      }
    }
    const KernelWeight* begin = operands.weights.data();
    product_.accumulate(begin, begin + operands.weights.size(), operands.values.data(),
                        operands.stride, sums);
    for (std::size_t p = 0; p < kTilePositions; ++p) {
      ASSERT_TRUE(sums[p] == due[p]) << "round " << round << ", position " << p;
    }
  }
}

TEST_P(ExactProducts, OfARowEqualTheWideSum) {
  std::mt19937 random(12);
  for (int round = 0; round < 200; ++round) {
    const Operands operands = random_operands(random, 300);
    const KernelWeight* begin = operands.weights.data();
    Wide due = 0;
    for (const KernelWeight& weight : operands.weights) {
      due += Wide{weight.value} * operands.values[weight.column];
    }
    ASSERT_TRUE(product_.dot(begin, begin + operands.weights.size(), operands.values.data()) ==
                due);
  }
}

TEST_P(ExactProducts, ExtremesDoNotLoseBits) {
  const std::vector<KernelWeight> weights = {{0, INT32_MIN}, {1, INT32_MAX}};
  std::vector<std::int32_t> values(2 * kTilePositions, INT32_MIN);
  std::int64_t sums[kTilePositions] = {};
  product_.accumulate(weights.data(), weights.data() + 2, values.data(), kTilePositions, sums);
  for (const std::int64_t sum : sums) {
    EXPECT_EQ(sum, (std::int64_t{1} << 62) - (std::int64_t{1} << 31) * INT32_MAX);
  }
}

INSTANTIATE_TEST_SUITE_P(Ways, ExactProducts,
                         testing::Values(ExactProduct::Instructions::fastest,
                                         ExactProduct::Instructions::portable),
                         [](const auto& test) { return test.index == 0 ? "fastest" : "portable"; });

TEST(PatchTile, HoldsThePixelsUnderEachWindow) {
  LayerGenerator random(21);
  std::size_t zero_copies = 0;
  for (int round = 0; round < 400; ++round) {
    const RandomLayer drawn =
        random.draw(random.pick(0, 1) == 0 ? LayerKind::convolution : LayerKind::depthwise);
    const Layer& layer = drawn.layer;
    PatchTile tile(layer);
    std::vector<std::uint32_t> used;
    for (std::uint32_t column = 0; column < layer.columns; ++column) {
      if (random.pick(0, 3) != 0) {
        used.push_back(column);
      }
    }
    const std::int32_t group = random.pick(0, layer.groups - 1);
    const std::int32_t positions = layer.result.height * layer.result.width;
    const std::int32_t first = random.pick(0, positions - 1);
    tile.load(drawn.input.data(), group, first, used);
    zero_copies += tile.stride() != kTilePositions ? 1 : 0;
    const std::int32_t area = layer.window.area();
    for (const std::uint32_t column : used) {
      const auto place = static_cast<std::int32_t>(column) % area;
      const std::int32_t channel =
          group * (layer.input.channels / layer.groups) + static_cast<std::int32_t>(column) / area;
      for (std::int32_t p = 0; p < static_cast<std::int32_t>(kTilePositions); ++p) {
        const std::int32_t oy = (first + p) / layer.result.width;
        const std::int32_t ox = (first + p) % layer.result.width;
        const std::int32_t y =
            oy * layer.window.stride_h - layer.window.pad_top + place / layer.window.kernel_w;
        const std::int32_t x =
            ox * layer.window.stride_w - layer.window.pad_left + place % layer.window.kernel_w;
        const bool inside = first + p < positions && y >= 0 && y < layer.input.height && x >= 0 &&
                            x < layer.input.width;
        const std::int32_t at = (channel * layer.input.height + y) * layer.input.width + x;
        ASSERT_EQ(tile.operands()[column * tile.stride() + static_cast<std::size_t>(p)],
                  inside ? drawn.input[static_cast<std::size_t>(at)] : 0)
            << "round " << round << ", column " << column << ", position " << first + p;
      }
    }
  }
  EXPECT_GT(zero_copies, 20U);
}

TEST(Pooling, AveragesTheWindowInsideMapOrPadding) {
  const std::vector<std::int32_t> map = {4, 8, 12, 16};
  const Window window{3, 3, 3, 3, 1, 1, 0, 0};  // sees the whole map and a frame above and left
  std::int32_t output = 0;
  const auto pool = [&](PoolKind kind, bool count_pad, const Window& w) {
    pool_map(map.data(), {1, 2, 2}, w, kind, count_pad, {32, 0}, &output, {1, 1, 1});
    return output;
  };
  EXPECT_EQ(pool(PoolKind::average, false, window), 10);
  EXPECT_EQ(pool(PoolKind::average, true, window), 4);  // 40 / 9, rounded
  EXPECT_EQ(pool(PoolKind::max, false, window), 16);
  // What rounding up adds beyond the padding does not count: three rows and columns of four.
  EXPECT_EQ(pool(PoolKind::average, true, {4, 4, 4, 4, 1, 1, 0, 0}), 4);
}

TEST(Pooling, MaximumIgnoresPadding) {
  const std::vector<std::int32_t> map = {-5, -9};
  std::int32_t output = 0;
  pool_map(map.data(), {1, 1, 2}, {3, 4, 1, 1, 1, 1, 1, 1}, PoolKind::max, true, {32, 0}, &output,
           {1, 1, 1});
  EXPECT_EQ(output, -5);
}

TEST(Pooling, ExtremesSaturateInTheFormat) {
  const std::vector<std::int32_t> map(3, INT32_MIN);
  std::int32_t output = 0;
  pool_map(map.data(), {1, 1, 3}, {1, 3, 1, 1, 0, 0, 0, 0}, PoolKind::average, false, {32, 0},
           &output, {1, 1, 1});
  // Three times round(2^31 / 3) is more than 2^31.
  EXPECT_EQ(output, INT32_MIN);
}

}  // namespace
}  // namespace airnn::test
