// SPDX-License-Identifier: Apache-2.0
#include "sw/config/scalar_parser.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace airnn {
namespace {

TEST(ScalarParser, ReadsIntegersToTheLimitsAndNotBeyond) {
  EXPECT_EQ(parse_integer("0"), 0);
  EXPECT_EQ(parse_integer("+12"), 12);
  EXPECT_EQ(parse_integer("-12"), -12);
  EXPECT_EQ(parse_integer("0x40"), 64);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_integer("9223372036854775808"), std::nullopt);
  EXPECT_EQ(parse_integer("-9223372036854775809"), std::nullopt);
  EXPECT_EQ(parse_integer("99999999999999999999999"), std::nullopt);
}

TEST(ScalarParser, RefusesWhatIsNoWholeInteger) {
  for (const char* text :
       {"", "-", "+", "--1", "+-1", "1.0", "1e3", "12 ", " 12", "0x", "0xg", "1k"}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
  }
}

TEST(ScalarParser, ReadsRealsThatAreFinite) {
  EXPECT_EQ(parse_real("0.25"), 0.25);
  EXPECT_EQ(parse_real("+1e-3"), 1e-3);
  EXPECT_EQ(parse_real("12"), 12.0);
  EXPECT_EQ(parse_real("-.5"), -0.5);
  for (const char* text :
       {"", "+", "+-1", "inf", "nan", "-inf", "1e999", "0.5pJ", "1,5", "0x1p3"}) {
    EXPECT_EQ(parse_real(text), std::nullopt) << text;
  }
}

TEST(ScalarParser, ReadsBooleansByTheirTwoNames) {
  EXPECT_EQ(parse_boolean("true"), true);
  EXPECT_EQ(parse_boolean("false"), false);
  for (const char* text : {"", "yes", "True", "1", "on", "truee"}) {
    EXPECT_EQ(parse_boolean(text), std::nullopt) << text;
  }
}

TEST(ScalarParser, WritesRealsThatReadBackExactly) {
  EXPECT_EQ(real_text(1.0), "1.0");
  EXPECT_EQ(real_text(0.1), "0.1");
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> mantissa(-1.0, 1.0);
  std::uniform_int_distribution<int> exponent(-300, 300);
  for (int i = 0; i < 1000; ++i) {
    const double value = std::ldexp(mantissa(random), exponent(random));
    EXPECT_EQ(parse_real(real_text(value)), value);
    EXPECT_EQ(parse_integer(real_text(value)), std::nullopt);
  }
}

}  // namespace
}  // namespace airnn
