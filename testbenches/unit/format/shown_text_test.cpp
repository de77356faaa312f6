// SPDX-License-Identifier: Apache-2.0
#include "sw/format/shown_text.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

TEST(ShownText, LeavesOrdinaryNamesAlone) {
  for (const char* name :
       {"", "net.onnx", "with blanks/and 'quotes'", "größe.yaml", "\xE2\x82\xAC"}) {
    EXPECT_EQ(shown(name), name);
  }
}

TEST(ShownText, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(shown("two\nlines\r\t"), "two\\nlines\\r\\t");
  EXPECT_EQ(shown(std::string("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(shown("\x1B[2J\x7F"), "\\x1b[2J\\x7f");
  EXPECT_EQ(shown("\xC2\x9B[2J"), "\\x9b[2J");
  EXPECT_EQ(escaped(std::string(300, 'a') + "\n"), std::string(300, 'a') + "\\n");
}

TEST(ShownText, CutsLongNamesBetweenCharacters) {
  EXPECT_EQ(shown(std::string(200, 'a')), std::string(200, 'a'));
  EXPECT_EQ(shown(std::string(201, 'a')), std::string(200, 'a') + "...");
  EXPECT_EQ(shown("abcdef", 3), "abc...");
  EXPECT_EQ(shown("ab\xE2\x82\xAC"
                  "def",
                  4),
            "ab...");
  EXPECT_EQ(shown("ab\xE2\x82\xAC"
                  "def",
                  5),
            "ab\xE2\x82\xAC...");
  EXPECT_EQ(shown(std::string(1000, '\x80')), "...");
}

}  // namespace
}  // namespace airnn
