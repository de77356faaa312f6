// SPDX-License-Identifier: Apache-2.0
#include "sw/format/csv_cell.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

TEST(CsvCell, LeavesOrdinaryTextsAndNumbersAlone) {
  for (const char* text : {"", "lenet5", "two words", "it's", "a=b", "-1", "-0.25", "+3", "-1e-9",
                           "-.5", "10%", "#1"}) {
    EXPECT_EQ(csv_cell(text), text);
  }
}

TEST(CsvCell, QuotesWhatWouldEndACell) {
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"a\""), "\"say \"\"a\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell("two\rlines"), "\"two\rlines\"");
}

TEST(CsvCell, MakesTextOfWhatASpreadsheetWouldRun) {
  EXPECT_EQ(csv_cell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_cell("+A1"), "\"'+A1\"");
  EXPECT_EQ(csv_cell("-A1"), "\"'-A1\"");
  EXPECT_EQ(csv_cell("-1+cmd|' /C calc'!A0"), "\"'-1+cmd|' /C calc'!A0\"");
  EXPECT_EQ(csv_cell("-1-1"), "\"'-1-1\"");
  EXPECT_EQ(csv_cell("--1"), "\"'--1\"");
  EXPECT_EQ(csv_cell("-"), "\"'-\"");
  EXPECT_EQ(csv_cell("@SUM(A1,\"b\")"), "\"'@SUM(A1,\"\"b\"\")\"");
  EXPECT_EQ(csv_cell("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("  =1"), "\"'  =1\"");
}

}  // namespace
}  // namespace airnn
