// SPDX-License-Identifier: Apache-2.0
#include "hw/control/score/softmax.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace airnn::test {
namespace {

using testing::ElementsAre;

constexpr std::int64_t kOne = std::int64_t{1} << 31;

std::vector<std::int64_t> softmax_of(const std::vector<std::int32_t>& outputs, int fraction_bits) {
  return softmax(outputs.data(), outputs.size(), fraction_bits);
}

double largest_error(const std::vector<std::int32_t>& outputs, int fraction_bits) {
  const std::int32_t largest = *std::max_element(outputs.begin(), outputs.end());
  std::vector<double> powers;
  double sum = 0;
  for (const std::int32_t output : outputs) {
    powers.push_back(std::exp(std::ldexp(static_cast<double>(output) - largest, -fraction_bits)));
    sum += powers.back();
  }
  const std::vector<std::int64_t> fixed = softmax_of(outputs, fraction_bits);
  double error = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const double probability = static_cast<double>(fixed[i]) / static_cast<double>(kOne);
    error = std::max(error, std::abs(probability - powers[i] / sum));
  }
  return error;
}

TEST(Softmax, SharesEquallyBetweenEqualOutputs) {
  // e = 2^31 each; S = 2 * 2^31, R = 2^30, p = (2^31 * 2^30 + 2^30) >> 31 = 2^30.
  EXPECT_THAT(softmax_of({7, 7}, 3), ElementsAre(kOne / 2, kOne / 2));
  EXPECT_THAT(softmax_of({-5, -5, -5, -5}, 0), ElementsAre(kOne / 4, kOne / 4, kOne / 4, kOne / 4));
  // S = 3 * 2^31, R = 2^62 / S = 715827882, p = (2^31 * R + 2^30) >> 31 = R.
  EXPECT_THAT(softmax_of({0, 0, 0}, 10), ElementsAre(715827882, 715827882, 715827882));
}

TEST(Softmax, StaysBelowOne) {
  EXPECT_THAT(softmax_of({5}, 0), ElementsAre(kOne - 1));
  EXPECT_THAT(softmax_of({2147483647, -2147483647 - 1}, 0), ElementsAre(kOne - 1, 0));
}

/// docs/numbers.md by hand for a distance of 1 without fraction bits.
TEST(Softmax, FollowsTheStepsOfTheSpecification) {
  const std::uint64_t t = std::uint64_t{1549082005} >> 4;
  ASSERT_EQ(t, 96817625U);
  const std::uint64_t g = t - (std::uint64_t{1} << 26);
  const std::uint64_t j = g >> 16;
  const std::uint64_t l = g & 0xFFFF;
  ASSERT_EQ(j, 453U);
  ASSERT_EQ(l, 20953U);
  const auto table = [](std::uint64_t index) {
    return static_cast<std::uint64_t>(
        std::llround(2147483648.0L * std::exp2(-static_cast<long double>(index) / 1024.0L)));
  };
  const std::uint64_t mantissa = table(j) - (((table(j) - table(j + 1)) * l + 32768) >> 16);
  const std::uint64_t e = (mantissa + 1) >> 1;
  const std::uint64_t sum = (std::uint64_t{1} << 31) + e;
  const std::uint64_t reciprocal = (std::uint64_t{1} << 62) / sum;
  const auto share = [&](std::uint64_t power) {
    return static_cast<std::int64_t>((power * reciprocal + (std::uint64_t{1} << 30)) >> 31);
  };
  EXPECT_THAT(softmax_of({1, 0}, 0), ElementsAre(share(std::uint64_t{1} << 31), share(e)));
  EXPECT_NEAR(static_cast<double>(share(e)) / static_cast<double>(kOne), 1 / (1 + std::exp(1.0)),
              1e-6);
}

TEST(Softmax, ForgetsOutputsThatAreTooFarBelow) {
  // 2^-33 and less is nothing: n > 32.
  EXPECT_EQ(softmax_of({0, -23}, 0)[1], 0);
  EXPECT_GT(softmax_of({0, -20}, 0)[1], 0);
}

TEST(Softmax, IsWithinItsErrorForUpToAThousandClasses) {
  std::mt19937_64 random(11);
  for (const std::size_t classes : {2U, 3U, 10U, 100U, 1000U}) {
    for (const int fraction_bits : {0, 4, 16, 24, 28, 31}) {
      for (const double spread : {0.01, 1.0, 8.0, 30.0}) {
        std::normal_distribution<double> draw(0, std::ldexp(spread, fraction_bits));
        std::vector<std::int32_t> outputs(classes);
        for (std::int32_t& output : outputs) {
          output = static_cast<std::int32_t>(std::clamp(draw(random), -2147483648.0, 2147483647.0));
        }
        EXPECT_LE(largest_error(outputs, fraction_bits), 1.0 / 65536)
            << classes << " classes, " << fraction_bits << " fraction bits, spread " << spread;
      }
    }
  }
}

TEST(Softmax, KeepsTheOrderOfTheOutputs) {
  std::mt19937_64 random(12);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::int32_t> outputs(20);
    for (std::int32_t& output : outputs) {
      output = static_cast<std::int32_t>(random() % 4000000);
    }
    std::sort(outputs.begin(), outputs.end());
    const std::vector<std::int64_t> p = softmax_of(outputs, 20);
    EXPECT_TRUE(std::is_sorted(p.begin(), p.end()));
  }
}

}  // namespace
}  // namespace airnn::test
