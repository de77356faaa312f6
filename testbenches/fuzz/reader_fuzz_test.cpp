// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/reader_fuzz.h"

#include <gtest/gtest.h>

#include "testbenches/support/effort.h"
#include "testbenches/support/scratch_folder.h"

namespace airnn::test {
namespace {

TEST(ReaderFuzz, AlteredFilesAreReadOrRefused) {
  const CaseSummary summary = fuzz_readers(1, drawn_cases(12'000));
  EXPECT_TRUE(summary.failures.empty()) << summary.text();
  const ScratchFolder folder(quick_folder());
  for (const FuzzedReader& reader : fuzzed_readers(folder.path())) {
    EXPECT_EQ(summary.outcomes.count(reader.name + " read"), 1U) << reader.name;
    EXPECT_EQ(summary.outcomes.count(reader.name + " refused"), 1U) << reader.name;
  }
}

}  // namespace
}  // namespace airnn::test
