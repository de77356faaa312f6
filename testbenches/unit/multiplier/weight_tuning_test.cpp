// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/weight_tuning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "sw/format/image_layout.h"
#include "sw/multiplier/error_figures.h"
#include "testbenches/unit/multiplier/multiplier_testing.h"

namespace airnn {
namespace {

using test::family;
using test::table_of;

std::uint32_t crc_of(const TuningMap& map) {
  return crc32c({map.data(), map.size()});
}

/// Maps over all operands that an independent program computed.
struct KnownMap {
  std::string family;
  FamilyValues values;
  int remapped;
  std::uint32_t crc32c;
  double ratio;  ///< mean error after tuning by that before
};

void PrintTo(const KnownMap& known, std::ostream* stream) {
  *stream << family(known.family).text(known.values);
}

class KnownTuning : public testing::TestWithParam<KnownMap> {};

TEST_P(KnownTuning, IsWhatWasComputedElsewhere) {
  const ProductTable table = table_of(GetParam().family, GetParam().values);
  const TuningMap map = tuning_map(table, 255, 255);
  EXPECT_EQ(remapped_weights(map), GetParam().remapped);
  EXPECT_EQ(crc_of(map), GetParam().crc32c);
  EXPECT_NEAR(tuned_mae_percent(table, map) / error_figures(table).mae_percent, GetParam().ratio,
              0.0005);
}

INSTANTIATE_TEST_SUITE_P(WeightTuning, KnownTuning,
                         testing::Values(KnownMap{"trunc", {4}, 0, 0x9c44184b, 1},
                                         KnownMap{"trunc", {6}, 139, 0xc78a03dd, .837},
                                         KnownMap{"trunc", {8}, 246, 0x33d63237, .493},
                                         KnownMap{"bam", {2, 8}, 219, 0x1ece4251, .471},
                                         KnownMap{"mask", {1, 1}, 127, 0xe73984a5, .671},
                                         KnownMap{"mask", {0, 4}, 105, 0x00215945, .563},
                                         KnownMap{"mask", {4, 4}, 194, 0xce1f6a35, .509},
                                         KnownMap{"orc", {8}, 192, 0xc064f8a2, .630},
                                         KnownMap{"drum", {4}, 23, 0xfc8fe209, .978},
                                         KnownMap{"mitchell", {}, 228, 0xdc2c67dd, .525}));

/// The rule, word by word.
int nearest_weight(const ProductTable& table, int activations, int max_weight, int weight) {
  std::vector<long> distance;
  for (int candidate = 0; candidate <= max_weight; ++candidate) {
    long sum = 0;
    for (int i = 0; i <= activations; ++i) {
      sum += std::abs(long{i} * weight - table.at(static_cast<std::uint32_t>(i),
                                                  static_cast<std::uint32_t>(candidate)));
    }
    distance.push_back(sum);
  }
  const auto least = std::min_element(distance.begin(), distance.end());
  const bool stays = weight <= max_weight && distance[static_cast<std::size_t>(weight)] == *least;
  return stays ? weight : static_cast<int>(least - distance.begin());
}

TEST(WeightTuning, FollowsItsRuleForSignedAndUnsignedActivations) {
  std::mt19937 random(7);
  for (const int activations : {kMaxSigned, kMaxUnsigned}) {
    const ProductTable table = ProductTable::from_function([&](std::uint32_t a, std::uint32_t b) {
      return std::min(a * b + static_cast<std::uint32_t>(random() % 3000), 65535U);
    });
    const TuningMap map = tuning_map(table, activations, kMaxSigned);
    for (int weight = 0; weight < 256; ++weight) {
      EXPECT_EQ(map[static_cast<std::size_t>(weight)],
                nearest_weight(table, activations, kMaxSigned, weight))
          << weight << " of activations up to " << activations;
    }
  }
}

TEST(WeightTuning, DependsOnTheRangeOfActivations) {
  const ProductTable table = table_of("orc", {8});
  EXPECT_NE(tuning_map(table, kMaxSigned, kMaxSigned), tuning_map(table, kMaxUnsigned, kMaxSigned));
}

TEST(WeightTuning, KeepsAWeightThatIsAsNearAsAnother) {
  // All products are the same, so all weights are.
  const ProductTable flat =
      ProductTable::from_function([](std::uint32_t, std::uint32_t) { return 300U; });
  const TuningMap map = tuning_map(flat, kMaxUnsigned, kMaxSigned);
  EXPECT_EQ(map[0], 0);
  EXPECT_EQ(map[100], 100);
  EXPECT_EQ(map[127], 127);
  EXPECT_EQ(map[128], 0);  // which may not stay; the smallest
  EXPECT_EQ(remapped_weights(map), 128);
}

TEST(WeightTuning, TakesTheLargestWeightForOneThatIsLargerYet) {
  EXPECT_EQ(tuning_map(table_of("exact", {}), kMaxSigned, kMaxSigned)[128], 127);
}

}  // namespace
}  // namespace airnn
