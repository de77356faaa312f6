// SPDX-License-Identifier: Apache-2.0
#include "sw/config/nesting_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sw/config/yaml_parser.h"
#include "testbenches/unit/config/config_testing.h"

namespace airnn {
namespace {

const std::string kRefused = ": more than 100 lists and mappings lie in each other";

std::string nesting_refusal(const std::string& text) {
  return refusal([&] { parse_yaml(text, "a.yaml"); });
}

std::string times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) {
    all += text;
  }
  return all;
}

std::string nested(int depth) {
  return times(depth, "[") + times(depth, "]");
}

TEST(NestingCheck, TakesAHundredListsInEachOther) {
  EXPECT_EQ(nesting_refusal("a: " + nested(99) + "\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a: " + nested(101) + "\n"), "a.yaml:1" + kRefused);
  EXPECT_EQ(nesting_refusal("a:\n- " + times(49, "{b: [") + times(49, "]}")), "<accepted>");
  EXPECT_EQ(nesting_refusal("a:\n- " + times(50, "{b: [") + times(50, "]}")),
            "a.yaml:2" + kRefused);
}

TEST(NestingCheck, CountsListsWithoutBracketsToo) {
  EXPECT_EQ(nesting_refusal("a:\n" + times(99, "- ") + "1\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a:\n" + times(100, "- ") + "1\n"), "a.yaml:2" + kRefused);
}

TEST(NestingCheck, NamesTheLineOfTheBracketThatIsTooMuch) {
  EXPECT_EQ(nesting_refusal("# [\na: '\n\n'\nb: " + times(200, "[\n")), "a.yaml:105" + kRefused);
}

TEST(NestingCheck, CountsWhatIsOpenAndNotWhatIsClosed) {
  EXPECT_EQ(nesting_refusal("a: [" + times(1000, "[1, {b: 2}], ") + "]\n"), "<accepted>");
}

TEST(NestingCheck, KnowsBracketsThatAreText) {
  const std::string intervals = times(200, " [0, {1)");
  EXPECT_EQ(nesting_refusal("a: 1 #" + intervals + "\n#" + intervals + "\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a: from" + intervals + "\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a: '" + intervals + "it''s" + intervals + "'\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a: [\"" + intervals + "\\\"" + intervals + "\"]\n"), "<accepted>");
  EXPECT_EQ(nesting_refusal("a: it's\nb: |\n  in" + intervals + "\n"), "<accepted>");
}

TEST(NestingCheck, IsNotMisledByTextBeforeBrackets) {
  for (const std::string before : {"a: 'x' # '\nb: ", "a: it's\nb: ", "a: [b, c#d, it's, ", "- ",
                                   "? ", "a: \"\\\\\"\nb: ", "'a': {b:  "}) {
    EXPECT_THAT(nesting_refusal(before + times(2000, "[")), testing::HasSubstr(kRefused)) << before;
  }
}

}  // namespace
}  // namespace airnn
