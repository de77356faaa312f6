// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

using CliProgram = CliTest;

TEST_F(CliProgram, TellsItsVersion) {
  EXPECT_THAT(good({"--version"}), MatchesRegex("airnn [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(CliProgram, ExplainsEveryCommand) {
  const std::string help = good({"--help"});
  for (const char* command : {"compile", "inspect", "dram", "digits"}) {
    EXPECT_THAT(help, HasSubstr(std::string("\n  ") + command + " "));
    EXPECT_THAT(good({command, "--help"}), HasSubstr(std::string("Usage: airnn ") + command));
  }
  EXPECT_THAT(help, HasSubstr("Exit codes"));
}

TEST_F(CliProgram, DrawsDigitsThatDependOnTheSeedAlone) {
  const std::string out = good({"digits", "--count", "30", "--seed", "7", "-o", "a"});
  EXPECT_THAT(out, HasSubstr("a-images.idx: 30 images of 28x28 pixels"));
  EXPECT_EQ(files(), (std::set<std::string>{"a-images.idx", "a-labels.idx"}));
  EXPECT_EQ(bytes_of("a-images.idx").size(), 16U + 30 * 784);
  EXPECT_EQ(bytes_of("a-labels.idx").size(), 8U + 30);
  good({"digits", "--count", "30", "--seed", "7", "-o", "b"});
  good({"digits", "--count", "30", "--seed", "8", "-o", "c"});
  EXPECT_TRUE(bytes_of("a-images.idx") == bytes_of("b-images.idx"));
  EXPECT_TRUE(bytes_of("a-labels.idx") == bytes_of("b-labels.idx"));
  EXPECT_FALSE(bytes_of("a-images.idx") == bytes_of("c-images.idx"));
}

TEST_F(CliProgram, RefusesAnImpossibleCountOfDigits) {
  for (const char* count : {"0", "-5", "1000001", "ten", "5x", "1e3", ""}) {
    expect_refused({"digits", "--count", count, "-o", "a"},
                   "expected an integer from 1 to 1000000");
  }
  expect_refused({"digits", "--count", "1", "--seed", "x", "-o", "a"}, "--seed: 'x'");
}

TEST_F(CliProgram, EndsWithExitCodeFourWhenInterruptedAndLeavesNothing) {
  ProgramSetting setting;
  setting.interrupt_after_msec = 300;
  const ProgramRun run = airnn({"digits", "--count", "1000000", "-o", "a"}, setting);
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("airnn: stopped"));
  EXPECT_TRUE(files().empty());
}

}  // namespace
}  // namespace airnn::test
