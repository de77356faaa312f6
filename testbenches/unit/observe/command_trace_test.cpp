// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/command_trace.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "hw/memory/ddr3/dram_listener_pair.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

class CommandTraceTest : public testing::Test {
 protected:
  ~CommandTraceTest() override { std::filesystem::remove(path_); }

  std::string content() const {
    std::ifstream file(path_);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  const std::string path_ =
      (std::filesystem::temp_directory_path() / ("command_trace_" + std::to_string(::getpid())))
          .string();
};

TEST_F(CommandTraceTest, WritesWhatEachCommandHas) {
  CommandTrace trace(path_);
  Cycle cycle = 0;
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    const auto command = static_cast<DramCommand>(i);
    trace.issued({cycle, command, {1, 7, 65535, 1016}});
    cycle = cycle * 10 + 9;
  }
  trace.issued({kNever, DramCommand::write, {4294967295U, 0, 10, 4294967295U}});
  EXPECT_FALSE(std::filesystem::exists(path_));
  trace.commit();
  EXPECT_EQ(content(),
            "tCK,command,rank,bank,row,column\n"
            "0,ACT,1,7,65535,\n"
            "9,PRE,1,7,,\n"
            "99,PREA,1,,,\n"
            "999,RD,1,7,65535,1016\n"
            "9999,RDA,1,7,65535,1016\n"
            "99999,WR,1,7,65535,1016\n"
            "999999,WRA,1,7,65535,1016\n"
            "9999999,REF,1,,,\n"
            "99999999,PDE,1,,,\n"
            "999999999,PDX,1,,,\n"
            "9999999999,SRE,1,,,\n"
            "99999999999,SRX,1,,,\n"
            "18446744073709551615,WR,4294967295,0,10,4294967295\n");
}

TEST_F(CommandTraceTest, WritesMoreThanItsBufferHolds) {
  constexpr Cycle kLines = 200000;
  CommandTrace first(path_);
  std::ostringstream expected;
  expected << "tCK,command,rank,bank,row,column\n";
  for (Cycle i = 0; i < kLines; ++i) {
    first.issued({i * 3, DramCommand::read, {0, static_cast<std::uint32_t>(i % 8), 5, 8}});
    expected << i * 3 << ",RD,0," << i % 8 << ",5,8\n";
  }
  first.commit();
  EXPECT_TRUE(content() == expected.str());
}

TEST_F(CommandTraceTest, LeavesNothingUnlessCommitted) {
  { CommandTrace trace(path_); }
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_THROW(CommandTrace("/nowhere/at/all.csv"), UserError);
}

TEST(DramListenerPair, TellsBothInOrder) {
  struct Recorder final : DramListener {
    std::string text;
    void issued(const CommandIssued& event) override { text += mnemonic(event.command); }
    void served(const RequestServed& event) override { text += std::to_string(event.id); }
  };
  Recorder first;
  Recorder second;
  DramListenerPair<Recorder, Recorder> pair(first, second);
  DramListener& listener = pair;
  listener.issued({5, DramCommand::refresh, {}});
  listener.served({17, false, RowOutcome::hit, 0, 5});
  EXPECT_EQ(first.text, "REF17");
  EXPECT_EQ(second.text, "REF17");
}

}  // namespace
}  // namespace airnn
