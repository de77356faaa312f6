// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sw/format/errors.h"
#include "sw/results/counts_csv.h"
#include "sw/results/stored_run.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(RunFiles, AreOfOneRun) {
  const SampleRun run(usual_actions_and(channel_actions()));
  const RunFiles files = run_files(run.results());
  const StoredRun stored = StoredRun::parse(files.results_json, "results.json");
  const auto inputs = parse_counts_csv(files.counts_csv, "counts.csv", stored.counted);
  ASSERT_EQ(inputs.size(), stored.inputs);
  EXPECT_EQ(inputs.front().index, 40U);
  Counts sum;
  for (const InputCounts& input : inputs) {
    sum += input.counts;
  }
  for (const PricedAction& what : stored.counted) {
    EXPECT_EQ(sum[what], stored.iterations[0].counts[what] + stored.iterations[1].counts[what])
        << what.name();
  }
}

TEST(RunFiles, AreWrittenAllOrNone) {
  const ScratchFolder folder;
  const RunFiles files = run_files(SampleRun().results());
  write_run_files(folder.path(), files);
  EXPECT_EQ(bytes_of(folder.path() + "/results.json"), files.results_json);
  EXPECT_EQ(bytes_of(folder.path() + "/inputs.csv"), files.inputs_csv);
  EXPECT_EQ(bytes_of(folder.path() + "/counts.csv"), files.counts_csv);
  const ScratchFolder other;
  std::filesystem::create_directories(other.path() + "/counts.csv.d");
  EXPECT_THROW(write_run_files(other.path() + "/none", files), UserError);
  EXPECT_FALSE(std::filesystem::exists(other.path() + "/none"));
}

}  // namespace
}  // namespace airnn::test
