// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/held_trains.h"

#include <gtest/gtest.h>

#include <array>

namespace airnn::test {
namespace {

class HeldTrainsTest : public testing::Test {
 protected:
  void write(std::uint64_t address, std::uint8_t value) {
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_WRITE_COMMAND);
    payload.set_address(address);
    payload.set_data_ptr(&value);
    payload.set_data_length(1);
    payload.set_streaming_width(1);
    ASSERT_EQ(storage_.debug(payload), 1U);
  }
  KeptReads reads(const std::vector<std::uint64_t>& addresses) const {
    std::vector<TimedRead> reads;
    for (const std::uint64_t address : addresses) {
      reads.push_back({0, 0, address, zeros_.data()});
    }
    return std::make_shared<const std::vector<TimedRead>>(reads);
  }

  Storage storage_{1024};
  std::array<std::uint8_t, 64> zeros_{};
  HeldTrains trains_{storage_};
};

TEST_F(HeldTrainsTest, SeesEveryByteThatIsWrittenInBetween) {
  const KeptReads train = reads({640, 128, 192});
  EXPECT_TRUE(trains_.holds(train));
  for (const std::uint64_t address : {128U, 191U, 192U, 255U, 640U, 703U}) {
    write(address, 1);
    EXPECT_FALSE(trains_.holds(train)) << address;
    write(address, 0);
    EXPECT_TRUE(trains_.holds(train)) << address;
  }
}

TEST_F(HeldTrainsTest, TakesWhatWasWrittenElsewhereForNothing) {
  const KeptReads train = reads({128, 640});
  EXPECT_TRUE(trains_.holds(train));
  for (const std::uint64_t address : {0U, 127U, 192U, 639U, 704U, 1023U}) {
    write(address, 1);
    EXPECT_TRUE(trains_.holds(train)) << address;
  }
}

TEST_F(HeldTrainsTest, RefusesWhatIsNotInTheMemory) {
  EXPECT_FALSE(trains_.holds(reads({0, 1024})));
  EXPECT_FALSE(trains_.holds(reads({1000})));
  write(3, 7);
  EXPECT_FALSE(trains_.holds(reads({0})));
}

TEST_F(HeldTrainsTest, KnowsEachTrainByItself) {
  const KeptReads one = reads({0});
  const KeptReads other = reads({64});
  EXPECT_TRUE(trains_.holds(one));
  EXPECT_TRUE(trains_.holds(other));
  write(70, 1);
  EXPECT_TRUE(trains_.holds(one));
  EXPECT_FALSE(trains_.holds(other));
}

}  // namespace
}  // namespace airnn::test
