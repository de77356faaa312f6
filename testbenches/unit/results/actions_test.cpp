// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "sw/results/priced_action.h"
#include "testbenches/support/source_path.h"

namespace airnn::test {
namespace {

TEST(Actions, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const ActionRow& row : kActionTable) {
    names.insert(row.name);
    EXPECT_EQ(to_string(row.action), row.name);
    EXPECT_EQ(priced_action(row.name), (PricedAction{row.action, {}})) << row.name;
  }
  EXPECT_EQ(names.size(), kActions);
}

/// The page has the rows of the table, in their order.
TEST(Actions, AreThoseOfThePage) {
  std::string due;
  for (const ActionRow& row : kActionTable) {
    if (row.group == ActionGroup::machine) {
      due += std::string("| `") + row.name + "` | " + row.sentence + " | " + row.unit + " |\n";
    }
  }
  std::ifstream file(source_path("docs/energy.md"));
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_NE(page.str().find("| action | counted | unit |\n|---|---|---|\n" + due + "\n"),
            std::string::npos)
      << due;
}

TEST(PricedAction, IsReadByItsName) {
  const PricedAction layer = {Action::multiplication, "mul8u_2P7-a.1"};
  EXPECT_EQ(layer.name(), "multiplication:mul8u_2P7-a.1");
  EXPECT_EQ(priced_action(layer.name()), layer);
  for (const char* name : {"", "multiply", "multiplication:", "multiplication:a,b",
                           "multiplication:a:b", ":a", "Multiplication", "multiplication "}) {
    EXPECT_EQ(priced_action(name), std::nullopt) << name;
  }
}

TEST(PricedAction, StandsBehindItsUsualPrice) {
  const PricedAction wide = {Action::multiplication, "wide"};
  const PricedAction narrow = {Action::multiplication, "narrow"};
  const std::vector<PricedAction> all = usual_actions_and({wide, narrow, wide});
  ASSERT_EQ(all.size(), usual_actions().size() + 2);
  EXPECT_EQ(all[4], (PricedAction{Action::multiplication, {}}));
  EXPECT_EQ(all[5], narrow);
  EXPECT_EQ(all[6], wide);
  EXPECT_EQ(all[7].action, Action::addition);
}

TEST(UsualActions, AreTheMachinesAndNotTheChannels) {
  for (const PricedAction& what : usual_actions()) {
    EXPECT_EQ(row_of(what.action).group, ActionGroup::machine);
  }
  std::size_t of_additions = 0;
  for (const ActionRow& row : kActionTable) {
    of_additions += row.group == ActionGroup::machine && !row.always ? 1 : 0;
  }
  EXPECT_EQ(usual_actions().size() + of_additions + channel_actions().size(), kActions);
}

}  // namespace
}  // namespace airnn::test
