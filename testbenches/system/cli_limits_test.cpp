// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <exception>
#include <filesystem>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

/// Sanitizers need more address space, and more open files, than any of these limits.
class CliLimits : public CliTest {
 protected:
  /// With ever less memory: it is done, or told in a line. False once the limit is too low to load
  /// the program.
  bool is_done_or_told(const Words& words, long megabytes, int& told) const {
    SCOPED_TRACE(megabytes);
    ProgramSetting setting;
    setting.memory_limit = megabytes << 20;
    if (!can_start(setting)) {
      return false;
    }
    const ProgramRun run = airnn(words, setting);
    EXPECT_THAT(run.exit_code, AnyOf(0, 2)) << run.err;
    if (run.exit_code == 2) {
      ++told;
      EXPECT_THAT(run.err, testing::StartsWith("airnn: "));
      EXPECT_THAT(run.err, AnyOf(HasSubstr("not enough memory"), HasSubstr("ulimit -v")));
      EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
    }
    return true;
  }

 private:
  bool can_start(const ProgramSetting& setting) const {
    try {
      return airnn({"--version"}, setting).exit_code == 0;
    } catch (const std::exception&) {
      return false;  // the loader itself finds no room
    }
  }
};

TEST_F(CliLimits, CommandsTellThatMemoryDoesNotSuffice) {
  good({"digits", "--count", "3000", "--seed", "5", "-o", "digits"});
  good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "8", "-q"});
  const Words simulate = {
      "simulate", "net.airnn",         "--run",   source_path("configs/run/default.yaml"),
      "--images", "digits-images.idx", "--count", "30",
      "-q"};
  Words parallel = simulate;
  parallel.insert(parallel.end(), {"--jobs", "3"});
  const Words compile = {"compile", model("lenet300-100.onnx"), "-o", "b.airnn", "--jobs", "4",
                         "-q"};
  for (const Words& words : {simulate, parallel, compile, Words{"inspect", "net.airnn", "--crs"}}) {
    SCOPED_TRACE(words.front());
    int told = 0;
    for (long megabytes = 120; megabytes > 8 && is_done_or_told(words, megabytes, told);
         megabytes -= 12) {
    }
    EXPECT_GT(told, 0);
  }
}

TEST_F(CliLimits, WhatLibrariesLackBeforeTheProgramBeginsIsTold) {
  // With less, the loader of the system finds no room for the libraries, and says so itself (127).
  int told = 0;
  int done = 0;
  for (long kilobytes = 14000; kilobytes <= 80000; kilobytes += 1000) {
    SCOPED_TRACE(kilobytes);
    ProgramSetting setting;
    setting.memory_limit = kilobytes << 10;
    try {
      const ProgramRun run = airnn({"--version"}, setting);
      EXPECT_THAT(run.exit_code, AnyOf(0, 2, 127)) << run.err;
      done += run.exit_code == 0 ? 1 : 0;
      if (run.exit_code == 2) {
        ++told;
        EXPECT_THAT(run.err, testing::StartsWith("airnn: not enough memory"));
        EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
      }
    } catch (const std::exception&) {
      // Not even the loader was started.
    }
  }
  EXPECT_GT(told, 0);
  EXPECT_GT(done, 0);
}

TEST_F(CliLimits, TooFewOpenFilesAreTold) {
  good({"digits", "--count", "30", "--seed", "5", "-o", "digits"});
  good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "8", "-q"});
  const Words words = {"simulate", "net.airnn",
                       "--run",    source_path("configs/run/default.yaml"),
                       "--images", "digits-images.idx",
                       "--out",    "out",
                       "--jobs",   "3"};
  int refused = 0;
  for (long limit = 4; limit <= 14; ++limit) {
    SCOPED_TRACE(limit);
    ProgramSetting setting;
    setting.descriptor_limit = limit;
    const ProgramRun run = airnn(words, setting);
    EXPECT_THAT(run.exit_code, AnyOf(0, 2)) << run.err;
    if (run.exit_code == 2) {
      ++refused;
      EXPECT_THAT(run.err, HasSubstr("Too many open files"));
      EXPECT_THAT(run.err, HasSubstr("ulimit -n"));
      EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
      EXPECT_FALSE(std::filesystem::exists(path("out/results.json")));
    }
    std::filesystem::remove_all(path("out"));
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace airnn::test
