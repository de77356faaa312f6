// SPDX-License-Identifier: Apache-2.0
#include "sw/results/energy_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const PricedAction kUsualPrice = {Action::multiplication, {}};
const PricedAction kFinePrice = {Action::multiplication, "fine"};
const PricedAction kCoarsePrice = {Action::multiplication, "coarse"};

/// Every action of every machine has a price, each another.
EnergyTable made_up_table() {
  EnergyTable made;
  made.name = "made_up";
  for (const PricedAction& what : usual_actions()) {
    made.set(what, 0.5 * (1 + static_cast<double>(what.action)));
  }
  return made;
}

std::string refusal_of_price(const EnergyTable& prices, const PricedAction& what) {
  try {
    prices.price(what);
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(EnergyTable, RefusesAClassWithoutAPriceAndListsThoseItHas) {
  EnergyTable prices = made_up_table();
  prices.set(kFinePrice, 2.25);
  EXPECT_EQ(prices.price(kFinePrice), 2.25);
  EXPECT_THAT(refusal_of_price(prices, kCoarsePrice),
              AllOf(HasSubstr("made_up: no price for 'multiplication:coarse'"),
                    HasSubstr("has 'multiplication', 'multiplication:fine'")));
  EXPECT_THAT(refusal_of_price(EnergyTable(), kUsualPrice),
              HasSubstr("there is none for the action"));
}

TEST(EnergyTable, IsCheckedForWhatItHasToPrice) {
  const EnergyTable prices = made_up_table();
  EXPECT_NO_THROW(prices.check(usual_actions_and(channel_actions()), false));
  EXPECT_THROW(prices.check(usual_actions_and({kFinePrice}), false), UserError);
  EnergyTable without_words;
  without_words.set(kUsualPrice, 1);
  const std::vector<PricedAction> counted = {{Action::dram_value_word, {}}, kUsualPrice};
  EXPECT_NO_THROW(without_words.check(counted, true)) << "currents price the memory";
  EXPECT_THROW(without_words.check(counted, false), UserError);
}

TEST(EnergyModel, PricesEveryActionAndClass) {
  EnergyModel model;
  model.table = made_up_table();
  model.table.set(kFinePrice, 0.25);
  const std::vector<PricedAction> counted = usual_actions_and({kFinePrice});
  Counts counts;
  double due = 0;
  std::uint64_t number = 3;
  for (const PricedAction& what : counted) {
    counts[what] = number++;
    if (what.action != Action::idle_multiplication) {
      due += model.table.price(what) * static_cast<double>(counts[what]);
    }
  }
  const auto components = model.components(counts, counted);
  ASSERT_EQ(components.size(), counted.size() - 1) << "nobody prices idle multipliers";
  EXPECT_EQ(components[4].first, "multiplication");
  EXPECT_EQ(components[5].first, "multiplication:fine");
  EXPECT_DOUBLE_EQ(components[5].second, 0.25 * static_cast<double>(counts[kFinePrice]));
  EXPECT_DOUBLE_EQ(model.total(counts, counted), due);
}

TEST(EnergyModel, CurrentsStandForTheWordsOfTheMemory) {
  EnergyModel model;
  model.table = made_up_table();
  model.memory = {
      {"reading",
       {{{Action::command_rd, Action::command_rda}, 10}, {{Action::command_act}, 1000}}}};
  Counts counts;
  counts[Action::dram_value_word] = 999;
  counts[Action::command_rd] = 2;
  counts[Action::command_rda] = 3;
  counts[Action::command_act] = 1;
  const std::vector<PricedAction> counted = usual_actions_and(channel_actions());
  const auto components = model.components(counts, counted);
  EXPECT_EQ(components.front().first, "reading");
  EXPECT_EQ(components[1].first, "multiplication");
  EXPECT_DOUBLE_EQ(model.total(counts, counted), 1050);
}

}  // namespace
}  // namespace airnn::test
