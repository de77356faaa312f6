// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/shared_array.h"

#include <gtest/gtest.h>

#include <array>

namespace airnn::test {
namespace {

/// Three layers that are ready when the test says so.
class SharedArrays : public testing::Test {
 protected:
  SharedArrays() {
    for (std::uint32_t layer = 0; layer < ready_.size(); ++layer) {
      array_.add({layer, [this, layer] { return ready_[layer]; },
                  [this, layer](Cycle cycle) { told_[layer] = cycle; }});
    }
  }

  SharedArray array_;
  std::array<bool, 3> ready_{};
  std::array<Cycle, 3> told_{};
};

TEST_F(SharedArrays, OneRunFollowsTheOther) {
  ready_ = {true, false, false};
  EXPECT_TRUE(array_.grants(0, 5));
  ready_[0] = false;
  array_.take(0, 20);
  ready_[1] = true;
  EXPECT_FALSE(array_.grants(1, 5));
  EXPECT_FALSE(array_.grants(1, 19));
  EXPECT_TRUE(array_.grants(1, 20));
  EXPECT_EQ(array_.free_from(), 20U);
}

TEST_F(SharedArrays, TheFirstOfTheNetworkStartsWhoeverAsksFirst) {
  ready_ = {false, true, true};
  EXPECT_FALSE(array_.grants(2, 7));
  EXPECT_TRUE(array_.grants(1, 7));
}

TEST_F(SharedArrays, WhoeverIsReadyIsToldWhenToAskAgain) {
  ready_ = {true, true, false};
  array_.take(0, 30);
  EXPECT_EQ(told_, (std::array<Cycle, 3>{0, 30, 0}));
}

}  // namespace
}  // namespace airnn::test
