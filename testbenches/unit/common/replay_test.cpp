// SPDX-License-Identifier: Apache-2.0
#include "hw/common/replay.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <memory>
#include <systemc>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

// The mode is read once in a process, and each test has a process of its own.
class ReplayTest : public testing::Test {
 protected:
  void SetUp() override {
    unsetenv("AIRNN_NO_REPLAY");
    unsetenv("AIRNN_CHECK_REPLAY");
  }
};

TEST_F(ReplayTest, FindsWhatItKeepsAndCountsIt) {
  Replay<int, std::string> replay("texts", 10);
  EXPECT_EQ(replay.find(1), nullptr);
  EXPECT_EQ(replay.hits(), 0U);
  const std::string* kept = replay.keep(1, "one");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(replay.find(1), kept);
  EXPECT_EQ(replay.trust(1), kept);
  EXPECT_EQ(replay.hits(), 2U);
  EXPECT_EQ(replay.peek(1), kept);
  EXPECT_EQ(replay.hits(), 2U) << "looking does not count";
}

TEST_F(ReplayTest, MakesAValueOnce) {
  Replay<int, int> replay("numbers", 10);
  int made = 0;
  const auto make = [&made] { return ++made; };
  EXPECT_EQ(replay.get(5, make), 1);
  EXPECT_EQ(replay.get(5, make), 1);
  EXPECT_EQ(replay.get(6, make), 2);
  EXPECT_EQ(made, 2);
}

TEST_F(ReplayTest, DoesNotKeepWhatComesWhenItIsFull) {
  Replay<int, int> replay("numbers", 3);
  EXPECT_NE(replay.keep(1, 10, 2), nullptr);
  EXPECT_TRUE(replay.has_room());
  EXPECT_FALSE(replay.has_room(2));
  EXPECT_EQ(replay.keep(2, 20, 2), nullptr);
  EXPECT_NE(replay.keep(3, 30), nullptr);
  EXPECT_EQ(replay.get(4, [] { return 40; }), 40) << "it is made, but not kept";
  EXPECT_EQ(replay.size(), 2U);
  EXPECT_EQ(replay.peek(4), nullptr);
  replay.forget(1);
  EXPECT_TRUE(replay.has_room(2)) << "what is forgotten leaves its room";
  EXPECT_NE(replay.keep(3, 31, 3), nullptr) << "in the place of what was known";
  EXPECT_EQ(*replay.find(3), 31);
  replay.clear();
  EXPECT_TRUE(replay.has_room(3));
}

TEST_F(ReplayTest, KeepsValuesWhereTheyAre) {
  Replay<int, int> replay("numbers", 1000);
  const int* first = replay.keep(500, 1);
  for (int i = 0; i < 499; ++i) {
    replay.keep(i, i);
  }
  EXPECT_EQ(replay.find(500), first);
}

/// Else another could take the address, and would be taken for it.
TEST_F(ReplayTest, KeepsTheOwnerOfAKeyAlive) {
  Replay<std::shared_ptr<const int>, int> replay("addresses", 10);
  auto key = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = key;
  const int* address = key.get();
  replay.keep(key, 7);
  key.reset();
  ASSERT_FALSE(held.expired());
  EXPECT_EQ(*replay.find(held.lock()), 7);
  EXPECT_EQ(held.lock().get(), address);
  EXPECT_EQ(replay.find(std::make_shared<const int>(1)), nullptr) << "an equal one elsewhere";
  replay.clear();
  EXPECT_TRUE(held.expired());
}

TEST_F(ReplayTest, RemembersNothingWhereItIsSwitchedOff) {
  setenv("AIRNN_NO_REPLAY", "1", 1);
  Replay<int, int> replay("numbers", 10);
  int made = 0;
  const auto make = [&made] { return ++made; };
  EXPECT_EQ(replay.keep(1, 1), nullptr);
  EXPECT_EQ(replay.find(1), nullptr);
  EXPECT_FALSE(replay.has_room());
  EXPECT_EQ(replay.get(1, make), 1);
  EXPECT_EQ(replay.get(1, make), 2);
  EXPECT_EQ(replay.hits(), 0U);
}

TEST_F(ReplayTest, ComparesWhatItRemembersWhereItIsChecked) {
  setenv("AIRNN_CHECK_REPLAY", "1", 1);
  Replay<int, int> replay("numbers", 10);
  int next = 4;
  const auto make = [&next] { return next; };
  EXPECT_EQ(replay.get(1, make), 4);
  EXPECT_EQ(replay.get(1, make), 4);
  EXPECT_EQ(replay.trust(1), nullptr) << "who compares by itself is told nothing";
  next = 5;  // the key lies
  try {
    replay.get(1, make);
    ADD_FAILURE() << "the lie was not noticed";
  } catch (const sc_core::sc_report& report) {
    EXPECT_THAT(report.get_msg(),
                HasSubstr("numbers: what is remembered is not what it would be now"));
    EXPECT_STREQ(report.get_msg_type(), "/model/check");
  }
}

TEST_F(ReplayTest, RefusesAnotherValueOfItsVariables) {
  setenv("AIRNN_NO_REPLAY", "yes", 1);
  try {
    const Replay<int, int> replay("numbers", 10);
    ADD_FAILURE() << "the value was taken";
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(),
                 "environment variable AIRNN_NO_REPLAY: expected 0 or 1, found 'yes'");
  }
}

}  // namespace
}  // namespace airnn::test
