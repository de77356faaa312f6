// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/storage.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>

namespace airnn::test {
namespace {

class StorageTest : public testing::Test {
 protected:
  tlm::tlm_generic_payload& transaction(tlm::tlm_command command, std::uint64_t address,
                                        unsigned length) {
    payload_.set_command(command);
    payload_.set_address(address);
    payload_.set_data_ptr(bytes_.data());
    payload_.set_data_length(length);
    payload_.set_streaming_width(length);
    payload_.set_byte_enable_ptr(nullptr);
    payload_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    return payload_;
  }

  Storage storage_{100};
  std::array<std::uint8_t, 64> bytes_{};
  tlm::tlm_generic_payload payload_;
};

TEST_F(StorageTest, GivesBackWhatWasWritten) {
  std::iota(bytes_.begin(), bytes_.end(), std::uint8_t{1});
  storage_.execute(transaction(tlm::TLM_WRITE_COMMAND, 36, 64));
  EXPECT_TRUE(payload_.is_response_ok());
  bytes_.fill(0);
  storage_.execute(transaction(tlm::TLM_READ_COMMAND, 36, 64));
  EXPECT_TRUE(payload_.is_response_ok());
  EXPECT_EQ(bytes_[0], 1);
  EXPECT_EQ(bytes_[63], 64);
  storage_.execute(transaction(tlm::TLM_READ_COMMAND, 0, 36));
  EXPECT_EQ(bytes_[35], 0) << "nothing was written in front of the address";
}

TEST_F(StorageTest, RefusesAddressesBehindItsEnd) {
  for (const std::uint64_t address : {std::uint64_t{37}, std::uint64_t{100}, ~std::uint64_t{0}}) {
    storage_.execute(transaction(tlm::TLM_READ_COMMAND, address, 64));
    EXPECT_EQ(payload_.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE) << address;
  }
}

TEST_F(StorageTest, RefusesByteEnables) {
  storage_.execute([this]() -> tlm::tlm_generic_payload& {
    transaction(tlm::TLM_WRITE_COMMAND, 0, 8).set_byte_enable_ptr(bytes_.data());
    return payload_;
  }());
  EXPECT_EQ(payload_.get_response_status(), tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
}

TEST_F(StorageTest, CutsDebugAccessesOffAtItsEnd) {
  EXPECT_EQ(storage_.debug(transaction(tlm::TLM_READ_COMMAND, 90, 64)), 10U);
  EXPECT_EQ(storage_.debug(transaction(tlm::TLM_WRITE_COMMAND, 99, 64)), 1U);
  EXPECT_EQ(storage_.debug(transaction(tlm::TLM_READ_COMMAND, 100, 64)), 0U);
  EXPECT_EQ(storage_.debug(transaction(tlm::TLM_READ_COMMAND, ~std::uint64_t{0}, 64)), 0U);
}

TEST_F(StorageTest, TellsWhetherItHoldsBytes) {
  bytes_.fill(9);
  storage_.execute(transaction(tlm::TLM_WRITE_COMMAND, 36, 64));
  EXPECT_TRUE(storage_.holds_burst(36, bytes_.data()));
  EXPECT_FALSE(storage_.holds_burst(35, bytes_.data()));
  EXPECT_FALSE(storage_.holds_burst(37, bytes_.data())) << "ends behind the memory";
  EXPECT_FALSE(storage_.holds_burst(~std::uint64_t{0}, bytes_.data()));
}

}  // namespace
}  // namespace airnn::test
