// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/address_map.h"

#include <gmock/gmock.h>

#include <stdexcept>

#include "testbenches/reference/address_map_twin.h"
#include "testbenches/support/stall_policy.h"

namespace airnn::test {
namespace {

std::string complaint(const std::string& mapping, const Ddr3Geometry& geometry = {}) {
  try {
    AddressMap(mapping, geometry);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(AddressMap, AgreesWithTakingTheAddressApartBitByBit) {
  for (const std::uint32_t ranks : {1U, 2U}) {
    Ddr3Geometry geometry;
    geometry.ranks = ranks;
    for (const std::string mapping :
         {"ro:ba:co", "ro:co:ba", "ba:ro:co", "co:ba:ro", "ro:ba^ro:co", "ro:co:ba^ro",
          "ro:co4:ba:co", "ro:co5:ba:co2", "ro15:ba1:ro:ba:co", "ro:ra:ba:co", "ro:co:ra:ba",
          "co1:ro3:ba2:co2:ro4:ba^ro:co:ro", "ro:ba:co7:co3"}) {
      SCOPED_TRACE(mapping);
      const AddressMap map(mapping, geometry);
      const AddressMapTwin twin(mapping, geometry);
      for (std::uint64_t i = 0; i < 500; ++i) {
        const std::uint64_t address = scrambled(7, i) % (geometry.capacity_bytes() * 2);
        const DramPlace place = map.place(address);
        ASSERT_EQ(place, twin.place(address)) << address;
        ASSERT_EQ(map.address(place), address % geometry.capacity_bytes() / 64 * 64);
      }
    }
  }
}

TEST(AddressMap, SaysWhatIsWrongWithAMapping) {
  using testing::HasSubstr;
  EXPECT_THAT(complaint("ro:ba"), HasSubstr("7 bits of co are missing"));
  EXPECT_THAT(complaint("ro:co"), HasSubstr("3 bits of ba are missing"));
  EXPECT_THAT(complaint("ro:ba:xx"), HasSubstr("\"xx\" is no part of an address"));
  EXPECT_THAT(complaint("ro:ba0:ba:co"), HasSubstr("\"ba0\" is no part"));
  EXPECT_THAT(complaint(""), HasSubstr("is no part of an address"));
  EXPECT_THAT(complaint("ro:ba:co:co"), HasSubstr("two parts of co have no number"));
  EXPECT_THAT(complaint("ro:ba4:co"), HasSubstr("more bits than the field, which has 3"));
  EXPECT_THAT(complaint("ro:co10:ba"), HasSubstr("left for the words of a burst"));
  EXPECT_THAT(complaint("ro:ba:co8:co"), HasSubstr("less than the 3 bits of the words"));
}

}  // namespace
}  // namespace airnn::test
