// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/queue_places.h"

#include <gtest/gtest.h>

#include "hw/memory/ddr3/state_list.h"

namespace airnn {
namespace {

TEST(QueuePlaces, AreTakenOneByOne) {
  QueuePlaces places(2);
  EXPECT_TRUE(places.all_free());
  EXPECT_TRUE(places.take(5));
  EXPECT_FALSE(places.all_free());
  EXPECT_TRUE(places.take(5));
  EXPECT_FALSE(places.take(1000));
}

TEST(QueuePlaces, ComeBackInTheirCycleAndNotBefore) {
  QueuePlaces places(1);
  EXPECT_TRUE(places.take(0));
  EXPECT_EQ(places.next(), kNever);
  places.comes_back(10);
  EXPECT_EQ(places.next(), 10U);
  EXPECT_FALSE(places.take(9));
  EXPECT_EQ(places.next(), 10U);
  EXPECT_TRUE(places.take(10));
  EXPECT_EQ(places.next(), kNever);
  EXPECT_FALSE(places.take(11));
}

/// What comes back counts from when it is looked at.
TEST(QueuePlaces, AreAllFreeOnlyWhenTheLastHasPassed) {
  QueuePlaces places(2);
  EXPECT_TRUE(places.take(0));
  EXPECT_TRUE(places.take(0));
  places.comes_back(3);
  places.comes_back(7);
  places.pass(6);
  EXPECT_FALSE(places.all_free());
  places.pass(7);
  EXPECT_TRUE(places.all_free());
}

TEST(QueuePlaces, AreTheSameAtAnotherOrigin) {
  QueuePlaces places(3);
  EXPECT_TRUE(places.take(100));
  EXPECT_TRUE(places.take(100));
  places.comes_back(104);
  StateList list;
  StateWriter writer(list, 100);
  places.visit(writer);
  QueuePlaces later(3);
  StateReader reader(list, 5000);
  later.visit(reader);
  EXPECT_EQ(later.next(), 5004U);
  EXPECT_TRUE(later.take(5003));
  EXPECT_FALSE(later.take(5003));
  EXPECT_TRUE(later.take(5004));
}

}  // namespace
}  // namespace airnn
