// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/error_figures.h"

#include <gtest/gtest.h>

#include "testbenches/unit/multiplier/multiplier_testing.h"

namespace airnn {
namespace {

using test::family;
using test::table_of;

/// Figures that an independent program computed, with the digits it printed.
struct KnownErrors {
  std::string family;
  FamilyValues values;
  double mae_percent;
  double wce_percent;
  double mre_percent;
};

void PrintTo(const KnownErrors& known, std::ostream* stream) {
  *stream << family(known.family).text(known.values);
}

class KnownErrorFigures : public testing::TestWithParam<KnownErrors> {};

/// A number printed with three digits.
void expect_three_digits(double found, double printed) {
  EXPECT_NEAR(found, printed, printed * 0.005);
}

TEST_P(KnownErrorFigures, AreThoseThatWereComputedElsewhere) {
  const ErrorFigures figures = error_figures(table_of(GetParam().family, GetParam().values));
  expect_three_digits(figures.mae_percent, GetParam().mae_percent);
  expect_three_digits(figures.wce_percent, GetParam().wce_percent);
  expect_three_digits(figures.mre_percent, GetParam().mre_percent);
  EXPECT_EQ(figures.wrong_at_zero, 0);
  EXPECT_EQ(figures.largest_at_zero, 0);
}

INSTANTIATE_TEST_SUITE_P(ErrorFigures, KnownErrorFigures,
                         testing::Values(KnownErrors{"trunc", {4}, .0187, .0748, .564},
                                         KnownErrors{"trunc", {6}, .1225, .490, 2.64},
                                         KnownErrors{"trunc", {8}, .684, 2.74, 9.78},
                                         KnownErrors{"bam", {2, 8}, .782, 3.13, 10.6},
                                         KnownErrors{"mask", {1, 1}, .194, .777, 2.65},
                                         KnownErrors{"mask", {0, 4}, 1.459, 5.84, 13.6},
                                         KnownErrors{"mask", {4, 4}, 2.832, 11.3, 25.4},
                                         KnownErrors{"orc", {8}, .351, 2.35, 2.95},
                                         KnownErrors{"drum", {4}, 1.413, 11.3, 5.89},
                                         KnownErrors{"mitchell", {}, .925, 6.25, 3.79}));

/// In units of the product, not percent.
double wce(const ErrorFigures& figures) {
  return figures.wce_percent * 655.36;
}
double mae(const ErrorFigures& figures) {
  return figures.mae_percent * 655.36;
}

/// Worth of the cells that a broken array does without.
double worth_of_missing(int rows, int columns) {
  double worth = 0;
  for (int i = 0; i < 8; ++i) {
    for (int j = 0; j < 8; ++j) {
      worth += j < rows || i + j < columns ? 1 << (i + j) : 0;
    }
  }
  return worth;
}

TEST(ErrorFigures, OfBrokenArraysFollowFromTheCellsThatAreMissing) {
  for (int rows = 0; rows <= 8; ++rows) {
    for (int columns = 0; columns <= 15; ++columns) {
      const ErrorFigures figures = error_figures(table_of("bam", {rows, columns}));
      const double worth = worth_of_missing(rows, columns);
      EXPECT_NEAR(wce(figures), worth, 1e-6) << rows << ", " << columns;
      EXPECT_NEAR(mae(figures), worth / 4, 1e-6) << rows << ", " << columns;
    }
  }
  for (int columns = 1; columns <= 8; ++columns) {
    EXPECT_NEAR(wce(error_figures(table_of("trunc", {columns}))),
                (columns - 1) * (1 << columns) + 1, 1e-6);
  }
}

TEST(ErrorFigures, OfMaskedOperandsFollowFromTheirMeans) {
  for (int a_bits = 0; a_bits <= 8; ++a_bits) {
    for (int b_bits = 0; b_bits <= 8; ++b_bits) {
      const double a_lost = ((1 << a_bits) - 1) / 2.0;
      const double b_lost = ((1 << b_bits) - 1) / 2.0;
      EXPECT_NEAR(mae(error_figures(table_of("mask", {a_bits, b_bits}))),
                  127.5 * 127.5 - (127.5 - a_lost) * (127.5 - b_lost), 1e-6);
    }
  }
}

TEST(ErrorFigures, OfSmallOperandsAreTheirs) {
  // Every bit of a weight below 32 is cleared, so that its products are zero.
  EXPECT_NEAR(error_figures(table_of("mask", {0, 5})).small_mre_percent, 100, 1e-9);
  const ErrorFigures large = error_figures(ProductTable::from_function(
      [](std::uint32_t a, std::uint32_t b) { return a < 32 && b < 32 ? a * b : 0; }));
  EXPECT_EQ(large.small_mre_percent, 0);
  EXPECT_GT(large.mre_percent, 90);
}

TEST(ErrorFigures, CountWhatIsNotZeroAtZero) {
  const ErrorFigures figures = error_figures(ProductTable::from_function(
      [](std::uint32_t a, std::uint32_t b) { return b == 0 && a < 10 ? a + 5 : a * b; }));
  EXPECT_EQ(figures.wrong_at_zero, 11);  // 0 * 0 counts on both sides
  EXPECT_EQ(figures.largest_at_zero, 14);
  EXPECT_EQ(figures.mre_percent, 0);  // only of products that are not zero
  EXPECT_NEAR(mae(figures), (5 + 14) * 10 / 2.0 / 65536, 1e-9);
}

}  // namespace
}  // namespace airnn
