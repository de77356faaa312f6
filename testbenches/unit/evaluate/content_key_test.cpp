// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/content_key.h"

#include <gtest/gtest.h>

#include "sw/format/errors.h"

namespace airnn {
namespace {

TEST(ContentKey, EqualContentsHaveEqualNames) {
  EXPECT_EQ(ContentKey().add("a").add(7).text(), ContentKey().add("a").add("7").text());
  EXPECT_EQ(ContentKey().add("a").text().size(), 32U);
}

TEST(ContentKey, TextsKeepTheirBorders) {
  EXPECT_NE(ContentKey().add("ab").add("c").text(), ContentKey().add("a").add("bc").text());
  EXPECT_NE(ContentKey().add("a").text(), ContentKey().add("a").add("").text());
}

TEST(ContentKey, AMissingFileHasNone) {
  EXPECT_THROW(file_key("/nowhere/at/all"), DataError);
}

}  // namespace
}  // namespace airnn
