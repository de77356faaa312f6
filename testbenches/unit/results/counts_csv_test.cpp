// SPDX-License-Identifier: Apache-2.0
#include "sw/results/counts_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

std::vector<PricedAction> with_channel() {
  return usual_actions_and(channel_actions());
}

std::vector<PricedAction> with_classes() {
  return usual_actions_and({{Action::multiplication, "coarse"}, {Action::multiplication, "fine"}});
}

/// Two inputs, in which every number is another.
std::vector<InputCounts> inputs(const std::vector<PricedAction>& counted) {
  std::vector<InputCounts> all(2);
  std::uint64_t number = 7;
  for (InputCounts& input : all) {
    input.index = number++;
    for (const PricedAction& what : counted) {
      input.counts[what] = number++;
    }
    input.counts[Action::idle_multiplication] = std::numeric_limits<std::uint64_t>::max();
  }
  return all;
}

std::string refusal_of_counts(const std::string& text) {
  try {
    parse_counts_csv(text, "counts.csv", usual_actions());
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(CountsCsv, GivesBackWhatItWrote) {
  for (const std::vector<PricedAction>& counted :
       {usual_actions(), with_channel(), with_classes()}) {
    const std::vector<InputCounts> due = inputs(counted);
    const auto read = parse_counts_csv(counts_csv(due, counted), "counts.csv", counted);
    ASSERT_EQ(read.size(), 2U);
    for (std::size_t n = 0; n < read.size(); ++n) {
      EXPECT_EQ(read[n].index, due[n].index);
      for (const PricedAction& what : counted) {
        const bool is_there = row_of(what.action).group != ActionGroup::request;
        EXPECT_EQ(read[n].counts[what], is_there ? due[n].counts[what] : 0) << what.name();
      }
    }
  }
  EXPECT_TRUE(
      parse_counts_csv(counts_csv({}, with_channel()), "counts.csv", with_channel()).empty());
}

TEST(CountsCsv, HasAColumnPerPriceClass) {
  const std::string text = counts_csv({}, with_classes());
  EXPECT_THAT(text, testing::HasSubstr(
                        ",multiplication,multiplication:coarse,multiplication:fine,addition,"));
  EXPECT_THAT(text, testing::EndsWith(",operand_select,idle_multiplication\n"));
}

TEST(CountsCsv, RefusesOtherColumnsAndOtherValues) {
  const std::string good = counts_csv(inputs(usual_actions()), usual_actions());
  EXPECT_EQ(refusal_of_counts(good), "");
  EXPECT_THAT(refusal_of_counts(""),
              testing::HasSubstr("counts.csv:1: expected the columns index,"));
  for (const std::vector<PricedAction>& other : {with_channel(), with_classes()}) {
    EXPECT_THAT(refusal_of_counts(counts_csv(inputs(other), other)),
                testing::HasSubstr("counts.csv:1: "));
  }
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
