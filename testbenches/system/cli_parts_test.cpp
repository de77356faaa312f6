// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "hw/sim/simulation.h"
#include "sw/cli/dram_trace_command.h"
#include "sw/compiler/compile_option.h"
#include "sw/console/progress.h"
#include "sw/console/stop_signal.h"
#include "sw/console/table.h"
#include "sw/describe/crs_slice.h"
#include "sw/describe/json_file.h"
#include "sw/evaluate/experiment.h"

namespace airnn {
namespace {

TEST(CliProgress, ShowsRateAndTimeLeft) {
  EXPECT_EQ(progress_text("simulating", 0, 1000, 0), "simulating  0/1,000");
  EXPECT_EQ(progress_text("simulating", 250, 1000, 5), "simulating  250/1,000  50.0/s  15 s left");
  EXPECT_EQ(progress_text("a", 1, 1000, 2), "a  1/1,000  0.50/s  33:18 min left");
  EXPECT_EQ(progress_text("a", 1000, 20000000, 1), "a  1,000/20,000,000  1000/s  5:33 h left");
  EXPECT_EQ(progress_text("a", 10, 10, 5), "a  10/10  2.00/s  0 s left");
}

TEST(CliProgress, IsSilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  {
    Progress progress("simulating", 10, false);
    progress.update(5);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

/// A program that is asked to stop while it works, and again at the end of its work.
[[noreturn]] void asked_again_after(std::chrono::milliseconds pause, bool listens) {
  StopSignal::install();
  {
    StopSignal stop;
    std::raise(SIGTERM);
    if (listens && !stop.requested()) {
      std::exit(1);
    }
  }
  std::this_thread::sleep_for(pause);
  std::raise(SIGTERM);
  std::exit(0);
}

TEST(CliStopSignal, TheSameWishOnceMoreIsNoneWhenTheFirstWasHeard) {
  using std::chrono::milliseconds;
  EXPECT_EXIT(asked_again_after(milliseconds(0), true), testing::ExitedWithCode(0), "^$");
  EXPECT_EXIT(asked_again_after(milliseconds(600), true), testing::ExitedWithCode(4), "stopped");
  EXPECT_EXIT(asked_again_after(milliseconds(0), false), testing::ExitedWithCode(4), "stopped");
}

TEST(CliCompileOptions, ThatAreFilesAreSoInExperiments) {
  for (const CompileOption& option : compile_options()) {
    EXPECT_EQ(is_file_key("compile." + option.name), option.role == OptionRole::file)
        << option.name;
  }
}

TEST(CliDramRules, EndTheRunWithWhatWasSeenAndWhenItWasDue) {
  JedecMonitor monitor({}, {}, false, stop_at);
  monitor.issued({100, DramCommand::activate, {0, 3, 77, 0}});
  try {
    monitor.issued({110, DramCommand::read, {0, 3, 77, 16}});
    FAIL() << "a RD too early was accepted";
  } catch (const SimulationError& error) {
    EXPECT_STREQ(error.what(),
                 "/protocol/P12: tRCD: RD to rank 0 bank 3 row 77 column 16 seen in tCK 110: after "
                 "ACT in 100, due in 111");
  }
}

TEST(CliTable, AlignsColumnsByCharactersNotBytes) {
  Table table({{"layer", Table::Align::left}, {"weights"}});
  table.add_row({"größe", "12"});
  table.add_row({"a", "1,234"});
  table.add_row({"two\nlines", ""});
  EXPECT_EQ(table.text(),
            "layer       weights\n"
            "größe            12\n"
            "a             1,234\n"
            "two\\nlines\n");
}

TEST(CliTable, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(-123456), "-123,456");
  EXPECT_EQ(grouped(1234567890), "1,234,567,890");
}

TEST(CliJson, KeepsTheOrderOfKeysAndSurvivesForeignBytes) {
  const nlohmann::ordered_json document{{"z", 1}, {"a", "\xFF"}, {"b", 0.1}};
  const std::string text = json_text(document);
  EXPECT_EQ(text, "{\n  \"z\": 1,\n  \"a\": \"\xEF\xBF\xBD\",\n  \"b\": 0.1\n}\n");
}

TEST(CliCrsSlice, TakesTheEntriesOfOneLayerAsTheyAreStored) {
  CrsCluster cluster;
  cluster.append({5, 1, 0, 0});
  cluster.append({6, 2, 3, 0});
  cluster.append({7, 4, 1, 2});
  cluster.append({8, 5, 1, 2});
  cluster.append({9, 0, 2, 2});
  const CrsSlice slice = slice_of(cluster, 2);
  EXPECT_EQ(slice.first_value, 2U);
  EXPECT_EQ(slice.first_row, 2U);
  EXPECT_EQ(slice.arrays.value, (std::vector<std::int32_t>{7, 8, 9}));
  EXPECT_EQ(slice.arrays.column, (std::vector<std::uint32_t>{4, 5, 0}));
  ASSERT_EQ(slice.arrays.row.size(), 2U);
  EXPECT_EQ(slice.arrays.row[1].row, 2U);
  EXPECT_EQ(slice.arrays.row[1].position, 4U);
  ASSERT_EQ(slice.arrays.layer.size(), 1U);
  EXPECT_EQ(slice.arrays.layer[0].position, 2U);
  EXPECT_TRUE(slice_of(cluster, 1).arrays.value.empty());
  EXPECT_EQ(slice_of(cluster, std::nullopt).arrays.value.size(), 5U);
}

}  // namespace
}  // namespace airnn
