// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/energy_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "testbenches/unit/config/config_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

constexpr ActionRow kAlways = row_of(Action::multiplication);
/// As of an action that only some machines count.
constexpr ActionRow kSometimes = {
    Action::multiplication, "multiplication", "", "", PricedBy::table, false, ActionGroup::machine};

EnergyTable read_rows(const std::string& text, const ActionRow& row) {
  const ConfigReader reader = reader_of(text);
  EnergyTable table;
  read_prices(reader, row, table);
  reader.finish();
  return table;
}

std::string refusal_of_rows(const std::string& text, const ActionRow& row = kAlways) {
  try {
    read_rows(text, row);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(EnergyRows, HaveAPriceForEveryClass) {
  const EnergyTable table = read_rows(
      "multiplication:\n  pj: 3.1\n  source: a\n  classes:\n"
      "    bam_2_8: {pj: 1.25, source: b}\n    exact: {pj: 3, source: c}\n",
      kAlways);
  EXPECT_EQ(table.price({Action::multiplication, {}}), 3.1);
  EXPECT_EQ(table.price({Action::multiplication, "bam_2_8"}), 1.25);
  EXPECT_EQ(table.price({Action::multiplication, "exact"}), 3);
}

TEST(EnergyRows, OfWhatEveryMachineCountsAreRequired) {
  EXPECT_THAT(refusal_of_rows("addition: 1\n"), HasSubstr("multiplication"));
  EXPECT_THAT(refusal_of_rows("multiplication: {source: a}\n"), HasSubstr("pj"));
  EXPECT_THAT(refusal_of_rows("multiplication: {pj: 3}\n"), HasSubstr("source"));
}

TEST(EnergyRows, OfOtherActionsMayBeMissingOrOnlyOfClasses) {
  EXPECT_THROW(read_rows("{}\n", kSometimes).price({Action::multiplication, {}}), UserError);
  const EnergyTable table =
      read_rows("multiplication:\n  classes:\n    w32: {pj: 2, source: b}\n", kSometimes);
  EXPECT_EQ(table.price({Action::multiplication, "w32"}), 2);
  EXPECT_THROW(table.price({Action::multiplication, {}}), UserError);
}

TEST(EnergyRows, RefuseNamesAndPricesThatAreNone) {
  const auto with_class = [](const std::string& of_class) {
    return refusal_of_rows("multiplication:\n  pj: 3\n  source: a\n  classes:\n    " + of_class +
                           "\n");
  };
  EXPECT_THAT(with_class("a,b: {pj: 1, source: b}"), HasSubstr("a.yaml:5: "));
  EXPECT_THAT(with_class("\"a:b\": {pj: 1, source: b}"), HasSubstr("expected a name of letters"));
  EXPECT_THAT(with_class("a: {pj: -1, source: b}"), HasSubstr("a.yaml:5: "));
  EXPECT_THAT(with_class("a: {source: b}"), HasSubstr("pj"));
  EXPECT_THAT(with_class("a: {pj: 1, source: b, more: 1}"), HasSubstr("more"));
}

}  // namespace
}  // namespace airnn::test
