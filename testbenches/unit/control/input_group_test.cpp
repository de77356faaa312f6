// SPDX-License-Identifier: Apache-2.0
#include "hw/control/input_group.h"

#include <gtest/gtest.h>

#include <string>

namespace airnn::test {
namespace {

/// The turns of an iteration as text: input, place, and a star if its map must be loaded.
std::string turns(InputGroup& group) {
  std::string text;
  group.begin_iteration();
  do {
    text += (text.empty() ? "" : " ") + std::to_string(group.present().input) + "@" +
            std::to_string(group.place()) + (group.is_loaded() ? "" : "*");
    group.loaded();
  } while (group.pass_turn());
  return text;
}

/// `input` leaves in its turn.
void leave(InputGroup& group, std::uint32_t input) {
  group.begin_iteration();
  while (group.present().input != input) {
    group.pass_turn();
  }
  group.leave();
}

TEST(InputGroup, TakesTurnsByNumberAndLoadsAgainWhatHasNoPlace) {
  InputGroup group({4, 2, 64});
  group.begin({1000, 8, 4});
  EXPECT_EQ(group.going_on(), 4U);
  EXPECT_EQ(turns(group), "8@0* 9@1* 10@2* 11@2*");
  EXPECT_EQ(turns(group), "8@0 9@1 10@2* 11@2*");
}

TEST(InputGroup, GivesThePlaceOfWhoLeavesToTheNext) {
  InputGroup group({4, 2, 64});
  group.begin({1000, 8, 4});
  turns(group);
  leave(group, 8);
  EXPECT_EQ(group.going_on(), 3U);
  EXPECT_EQ(turns(group), "9@1 10@0* 11@2*");
  EXPECT_EQ(turns(group), "9@1 10@0 11@2*");
  leave(group, 10);
  leave(group, 9);
  EXPECT_EQ(turns(group), "11@0*");
  leave(group, 11);
  EXPECT_EQ(group.going_on(), 0U);
}

TEST(InputGroup, HasAPlaceForEachAndNoOtherWhereAllMapsStay) {
  const InputGroupParams params{3, 3, 64};
  EXPECT_EQ(params.places(), 3U);
  EXPECT_EQ((InputGroupParams{3, 2, 64}).places(), 3U);
  EXPECT_EQ((InputGroupParams{1, 1, 64}).places(), 1U);
  InputGroup group(params);
  group.begin({0, 0, 3});
  EXPECT_EQ(turns(group), "0@0* 1@1* 2@2*");
  EXPECT_EQ(turns(group), "0@0 1@1 2@2");
}

TEST(InputGroup, FindsMapsBehindEachOther) {
  InputGroup group({4, 1, 64});
  group.begin({1000, 8, 2});
  group.begin_iteration();
  EXPECT_EQ(group.present().address, 1000U);
  EXPECT_TRUE(group.pass_turn());
  EXPECT_EQ(group.present().address, 1064U);
  EXPECT_FALSE(group.pass_turn()) << "this group has two";
}

}  // namespace
}  // namespace airnn::test
