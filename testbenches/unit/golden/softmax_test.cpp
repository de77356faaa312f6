// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/softmax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

namespace airnn::golden {
namespace {

using testing::Each;
using testing::ElementsAre;

constexpr double kOne = 2147483648.0;  // 1.0 in Q0.31
constexpr double kAllowed = 1.0 / 65536;

__extension__ typedef __int128 Wide;

double largest_error(const std::vector<std::int32_t>& outputs, std::int32_t fraction_bits) {
  std::vector<double> logits;
  for (const std::int32_t output : outputs) {
    logits.push_back(std::ldexp(output, -fraction_bits));
  }
  const auto fixed = fixed_softmax(outputs, fraction_bits);
  const auto real = reference_softmax(logits);
  double error = 0;
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    error = std::max(error, std::abs(fixed[i] / kOne - real[i]));
  }
  return error;
}

/// The specification's five steps once more, each written out in wide integers.
std::vector<std::int32_t> stepwise_softmax(const std::vector<std::int32_t>& outputs,
                                           std::int32_t fraction_bits) {
  const std::int64_t largest = *std::max_element(outputs.begin(), outputs.end());
  const auto power = [](Wide j) {
    return static_cast<Wide>(
        std::floor(std::pow(2.0L, 31.0L - static_cast<long double>(j) / 1024.0L) + 0.5L));
  };
  std::vector<Wide> exponentials;
  Wide sum = 0;
  for (const std::int32_t output : outputs) {
    Wide t = static_cast<Wide>(largest - output) * 1549082005;
    for (int i = 0; i < fraction_bits + 4; ++i) {
      t /= 2;
    }
    const Wide n = t / 67108864;
    const Wide j = t % 67108864 / 65536;
    const Wide l = t % 65536;
    Wide e = power(j) - ((power(j) - power(j + 1)) * l + 32768) / 65536;
    if (n > 32) {
      e = 0;
    } else if (n > 0) {
      Wide divisor = 1;
      for (int i = 0; i < n; ++i) {
        divisor *= 2;
      }
      e = (e + divisor / 2) / divisor;
    }
    exponentials.push_back(e);
    sum += e;
  }
  const Wide reciprocal = (static_cast<Wide>(1) << 62) / sum;
  std::vector<std::int32_t> probabilities;
  for (const Wide e : exponentials) {
    const Wide p = (e * reciprocal + 1073741824) / 2147483648;
    probabilities.push_back(static_cast<std::int32_t>(std::min<Wide>(p, INT32_MAX)));
  }
  return probabilities;
}

TEST(Softmax, EqualsTheSpecificationStepByStep) {
  std::mt19937 random(5);
  for (const std::int32_t fraction_bits : {0, 3, 10, 16, 20, 26, 27, 28, 31, 45, 59}) {
    for (int round = 0; round < 300; ++round) {
      const int spread = std::min(31, fraction_bits + 1 + round % 6);
      std::uniform_int_distribution<std::int64_t> draw(-(std::int64_t{1} << spread),
                                                       (std::int64_t{1} << spread) - 1);
      std::vector<std::int32_t> outputs(2 + static_cast<std::size_t>(round % 9));
      for (std::int32_t& output : outputs) {
        output = static_cast<std::int32_t>(draw(random));
      }
      ASSERT_EQ(fixed_softmax(outputs, fraction_bits), stepwise_softmax(outputs, fraction_bits))
          << fraction_bits << " fraction bits, round " << round;
    }
  }
}

TEST(Softmax, GivesOneClassAllOfIt) {
  EXPECT_THAT(fixed_softmax({-5}, 3), ElementsAre(INT32_MAX));
}

TEST(Softmax, SharesEqually) {
  // e = 2^31 each, S = 2^32 and 2^33.
  EXPECT_THAT(fixed_softmax({7, 7}, 0), Each(1 << 30));
  EXPECT_THAT(fixed_softmax({-9, -9, -9, -9}, 20), Each(1 << 29));
  // S = 3 * 2^31, R = 2^31 / 3 = 715827882; p = R.
  EXPECT_THAT(fixed_softmax({0, 0, 0}, 5), Each(715827882));
}

TEST(Softmax, FollowsTheSpecificationOnAWorkedExample) {
  // F = 0, d = 1: t = 1549082005 >> 4 = 96817625, n = 1, g = 29708761, j = 453, l = 20953.
  // T[453] = round(2^31 * 2^(-453/1024)) = 1580408306, T[454] = 1579338890:
  // e = 1580408306 - ((1069416 * 20953 + 32768) >> 16) = 1580066393, halved with rounding.
  const std::int64_t high = std::llround(std::pow(2.0, 31 - 453 / 1024.0));
  const std::int64_t low = std::llround(std::pow(2.0, 31 - 454 / 1024.0));
  const std::int64_t e = (high - (((high - low) * 20953 + 32768) >> 16) + 1) >> 1;
  const std::int64_t sum = (std::int64_t{1} << 31) + e;
  const std::int64_t reciprocal = (std::int64_t{1} << 62) / sum;
  const auto p = [&](std::int64_t value) {
    return static_cast<std::int32_t>((value * reciprocal + (1 << 30)) >> 31);
  };
  EXPECT_THAT(fixed_softmax({5, 4}, 0), ElementsAre(p(std::int64_t{1} << 31), p(e)));
  // 1 / (1 + 1/e) = 0.7310585786...
  EXPECT_NEAR(p(std::int64_t{1} << 31) / kOne, 0.7310585786, 1e-6);
}

TEST(Softmax, ForgetsWhatIsTooSmall) {
  // d = 23: t has n = 33; d = 22: n = 31, e = 1 or so.
  EXPECT_EQ(fixed_softmax({23, 0}, 0)[1], 0);
  EXPECT_EQ(fixed_softmax({22, 0}, 0)[1], 1);
  EXPECT_EQ(fixed_softmax({INT32_MAX, INT32_MIN}, 0), (std::vector<std::int32_t>{INT32_MAX, 0}));
}

TEST(Softmax, KeepsTheLastBitAtExactlyThirtyTwoHalvings) {
  // 1488522236 * 1549082005 >> 30 = 2^31: n = 32 and e is still 2^31, of which rounding leaves one.
  EXPECT_EQ(fixed_softmax({1488522236, 0}, 26)[1], 1);
}

TEST(Softmax, TreatsDifferencesBeyondItsResolutionAsNone) {
  // The shift is 64: every distance becomes zero.
  EXPECT_THAT(fixed_softmax({INT32_MAX, INT32_MIN}, 60), Each(1 << 30));
  EXPECT_THAT(fixed_softmax({INT32_MAX, INT32_MIN}, 96), Each(1 << 30));
}

TEST(Softmax, IsWithinItsErrorForRandomLogits) {
  std::mt19937 random(7);
  double worst = 0;
  for (const std::int32_t fraction_bits : {0, 1, 4, 8, 12, 16, 20, 24, 28, 31, 40}) {
    for (const std::size_t classes : {2U, 3U, 10U, 100U, 999U, 1000U}) {
      for (const double spread : {0.001, 0.1, 1.0, 5.0, 30.0, 1e6}) {
        const double limit = std::min(std::ldexp(spread, fraction_bits), 2147483647.0);
        std::uniform_real_distribution<double> draw(-limit, limit);
        std::vector<std::int32_t> outputs(classes);
        for (std::int32_t& output : outputs) {
          output = static_cast<std::int32_t>(draw(random));
        }
        worst = std::max(worst, largest_error(outputs, fraction_bits));
      }
    }
  }
  EXPECT_LE(worst, kAllowed);
  RecordProperty("worst_error", std::to_string(worst));
}

TEST(Softmax, IsWithinItsErrorForAdversarialLogits) {
  double worst = 0;
  for (const std::int32_t fraction_bits : {0, 8, 16, 26, 31}) {
    // One class against 999 equal ones at every distance, also where single terms are all but
    // forgotten.
    for (int step = 0; step <= 4000; ++step) {
      const double distance = step * 0.006;
      const double scaled = std::min(std::ldexp(distance, fraction_bits), 4294967295.0);
      std::vector<std::int32_t> outputs(1000, INT32_MIN);
      outputs[500] = static_cast<std::int32_t>(std::llround(scaled) + INT32_MIN);
      worst = std::max(worst, largest_error(outputs, fraction_bits));
      outputs.resize(2);
      outputs = {outputs[0], static_cast<std::int32_t>(std::llround(scaled) + INT32_MIN)};
      worst = std::max(worst, largest_error(outputs, fraction_bits));
    }
  }
  EXPECT_LE(worst, kAllowed);
  RecordProperty("worst_error", std::to_string(worst));
}

TEST(Softmax, IsWithinItsErrorWhereLogitsFormALadder) {
  double worst = 0;
  for (const double rung : {0.01, 0.02, 0.0221, 0.1, 0.5, 0.6931}) {
    std::vector<std::int32_t> outputs;
    for (int i = 0; i < 1000; ++i) {
      outputs.push_back(static_cast<std::int32_t>(std::llround(-i * rung * (1 << 20))));
    }
    worst = std::max(worst, largest_error(outputs, 20));
  }
  EXPECT_LE(worst, kAllowed);
}

TEST(ReferenceSoftmax, DoesNotOverflow) {
  const auto p = reference_softmax({1000, 999, -1e6});
  EXPECT_NEAR(p[0], 0.7310585786300049, 1e-15);
  EXPECT_NEAR(p[1], 0.2689414213699951, 1e-15);
  EXPECT_EQ(p[2], 0);
}

}  // namespace
}  // namespace airnn::golden
