// SPDX-License-Identifier: Apache-2.0
#include "sw/report/number_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <tuple>

namespace airnn::test {
namespace {

TEST(NumberText, HasTheDecimalsOfTheColumn) {
  EXPECT_EQ(decimal_text(0.98765, 4), "0.9877");
  EXPECT_EQ(decimal_text(2, 3), "2.000");
  EXPECT_EQ(decimal_text(-0.5, 1), "-0.5");
  EXPECT_EQ(decimal_text(-0.04, 1), "0.0");
  EXPECT_EQ(decimal_text(-0.0, 0), "0");
}

TEST(NumberText, SeparatesThousandsBeforeThePointOnly) {
  EXPECT_EQ(decimal_text(999, 0), "999");
  EXPECT_EQ(decimal_text(1000, 0), "1,000");
  EXPECT_EQ(decimal_text(-999, 0), "-999");
  EXPECT_EQ(decimal_text(-123456, 0), "-123,456");
  EXPECT_EQ(decimal_text(9007199254740991.0, 0), "9,007,199,254,740,991");
  EXPECT_EQ(decimal_text(1234.56789, 4), "1,234.5679");
}

TEST(NumberText, RoundsToSignificantDigits) {
  const std::tuple<double, const char*> cases[] = {{0, "0"},
                                                   {1, "1"},
                                                   {0.5, "0.5"},
                                                   {0.012343, "0.01234"},
                                                   {3.14159, "3.142"},
                                                   {1000, "1,000"},
                                                   {12345, "12,340"},
                                                   {99995, "100,000"},
                                                   {0.99999, "1"},
                                                   {-20.5, "-20.5"},
                                                   {1e14, "100,000,000,000,000"},
                                                   {1e20, "1e+20"},
                                                   {1.25e-7, "1.25e-07"},
                                                   {0.0001, "0.0001"},
                                                   {0.000099999, "0.0001"}};
  for (const auto& [number, text] : cases) {
    EXPECT_EQ(significant_text(number, 4), text) << number;
  }
  EXPECT_EQ(significant_text(1.0 / 3, 6), "0.333333");
  EXPECT_EQ(significant_text(std::numeric_limits<double>::max(), 4), "1.798e+308");
  EXPECT_EQ(significant_text(-std::numeric_limits<double>::denorm_min(), 4), "-4.941e-324");
}

TEST(NumberText, ShowsCellsAsTheirColumnSays) {
  ReportColumn column;
  column.type = ReportColumn::Type::number;
  EXPECT_EQ(cell_text(column, 1234567.0), "1,235,000");
  column.digits = 1;
  EXPECT_EQ(cell_text(column, 1234567.0), "1,234,567.0");
  column.digits.reset();
  column.exact = true;
  EXPECT_EQ(cell_text(column, 1234567.0), "1,234,567");
  EXPECT_EQ(cell_text(column, 2.0 / 3), "0.666667");
  EXPECT_EQ(cell_text(column, std::string("text")), "text");
  EXPECT_EQ(cell_text(column, true), "\u2713");
  EXPECT_EQ(cell_text(column, false), "");
  EXPECT_EQ(cell_text(column, {}), "\u2013");
}

}  // namespace
}  // namespace airnn::test
