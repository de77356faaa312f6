// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/counts_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

/// Two inputs, in which every number is another.
std::vector<InputCounts> inputs() {
  std::vector<InputCounts> all(2);
  std::uint64_t number = 7;
  for (InputCounts& input : all) {
    input.index = number++;
    for (std::uint64_t& count : input.counts.of) {
      count = number++;
    }
    input.counts.idle_multiplications = std::numeric_limits<std::uint64_t>::max();
    for (std::uint64_t& count : input.counts.dram.commands) {
      count = number++;
    }
    for (Cycle& cycles : input.counts.dram.state_cycles) {
      cycles = number++;
    }
  }
  return all;
}

std::string refusal_of_counts(const std::string& text) {
  try {
    parse_counts_csv(text, "counts.csv", false);
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(CountsCsv, GivesBackWhatItWrote) {
  for (const bool has_dram : {false, true}) {
    const auto read = parse_counts_csv(counts_csv(inputs(), has_dram), "counts.csv", has_dram);
    ASSERT_EQ(read.size(), 2U);
    for (std::size_t n = 0; n < read.size(); ++n) {
      const InputCounts due = inputs()[n];
      EXPECT_EQ(read[n].index, due.index);
      EXPECT_EQ(read[n].counts.of, due.counts.of);
      EXPECT_EQ(read[n].counts.idle_multiplications, due.counts.idle_multiplications);
      if (has_dram) {
        EXPECT_EQ(read[n].counts.dram.commands, due.counts.dram.commands);
        EXPECT_EQ(read[n].counts.dram.state_cycles, due.counts.dram.state_cycles);
      }
    }
  }
  EXPECT_TRUE(parse_counts_csv(counts_csv({}, true), "counts.csv", true).empty());
}

TEST(CountsCsv, RefusesOtherColumnsAndOtherValues) {
  const std::string good = counts_csv(inputs(), false);
  EXPECT_EQ(refusal_of_counts(good), "");
  EXPECT_THAT(refusal_of_counts(""),
              testing::HasSubstr("counts.csv:1: expected the columns index,"));
  EXPECT_THAT(refusal_of_counts(counts_csv(inputs(), true)), testing::HasSubstr("counts.csv:1: "));
  EXPECT_THAT(refusal_of_counts(good + "1,2\n"),
              testing::HasSubstr("counts.csv:4: expected 18 counts"));
  for (const char* value : {"", "-1", "1.5", "x", " 1", "18446744073709551616"}) {
    std::string text = good;
    text.replace(text.find("\n7,") + 1, 1, value);
    EXPECT_THAT(refusal_of_counts(text), testing::HasSubstr("counts.csv:2: expected")) << value;
  }
}

}  // namespace
}  // namespace airnn::test
