// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/words.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

TEST(Words, NumbersHaveFourDigitsAndGroups) {
  EXPECT_EQ(number_words(0), "0");
  EXPECT_EQ(number_words(0.351234), "0.3512");
  EXPECT_EQ(number_words(-2.5), "-2.5");
  EXPECT_EQ(number_words(999.4), "999.4");
  EXPECT_EQ(number_words(999.7), "1,000");
  EXPECT_EQ(number_words(44264426.4), "44,264,426");
  EXPECT_EQ(number_words(-1234), "-1,234");
  EXPECT_EQ(number_words(1.25e-7), "1.25e-07");
  EXPECT_EQ(number_words(1e20), "1e+20");
}

TEST(Words, SharesAreNeverRoundedToAllOrNothing) {
  EXPECT_EQ(percent_words(0.9828), "98.28 %");
  EXPECT_EQ(percent_words(1), "100 %");
  EXPECT_EQ(percent_words(0), "0 %");
  EXPECT_EQ(percent_words(0.999999), "99.99 %");
  EXPECT_EQ(percent_words(0.0000123), "0.00123 %");
}

TEST(Words, RatiosHaveTheDecimalsOfTables) {
  EXPECT_EQ(ratio_words(1.0424), "1.042");
  EXPECT_EQ(ratio_words(0.4), "0.4");
  EXPECT_EQ(ratio_words(1), "1");
  EXPECT_EQ(ratio_words(0), "0");
  EXPECT_EQ(ratio_words(0.00012), "0.00012");
  EXPECT_EQ(ratio_words(12345.6), "12,346");
}

TEST(Words, OneThingIsNotSeveral) {
  EXPECT_EQ(count_words(1, "point", "points"), "1 point");
  EXPECT_EQ(count_words(0, "point", "points"), "0 points");
  EXPECT_EQ(count_words(12000, "input", "inputs"), "12,000 inputs");
}

TEST(Words, ListsEndWithAnAnd) {
  EXPECT_EQ(list_words({}), "");
  EXPECT_EQ(list_words({"a"}), "a");
  EXPECT_EQ(list_words({"a", "b"}), "a and b");
  EXPECT_EQ(list_words({"a", "b", "c", "d"}), "a, b, c and d");
  EXPECT_EQ(list_words({"a", "b", "c", "d", "e"}), "a, b, c and 2 others");
}

}  // namespace
}  // namespace airnn
