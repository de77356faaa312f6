// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/image_fuzz.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

TEST(ImageFuzz, MutatedImagesAreRefusedOrRun) {
  ImageFuzzOptions options;
  options.count = 3000;
  options.simulate_every = 20;
  const CaseSummary summary = fuzz_images(options);
  EXPECT_TRUE(summary.failures.empty()) << summary.text();
  EXPECT_GT(summary.outcomes.at("refused"), options.count / 2) << summary.text();
  EXPECT_GT(summary.outcomes.at("accepted"), options.count / 50) << summary.text();
  EXPECT_GT(summary.outcomes.at("simulated"), 0U) << summary.text();
}

TEST(IsolatedCases, TellsWhatEndsAProcessAndGoesOn) {
  const CaseSummary summary = run_isolated(10, 12, 5, [](std::uint64_t number) -> std::string {
    if (number == 11) {
      throw std::runtime_error("a rule is broken");
    }
    if (number == 13) {
      std::abort();
    }
    if (number == 17) {
      std::_Exit(3);
    }
    return number % 2 == 0 ? "even" : "odd";
  });
  EXPECT_EQ(summary.outcomes.at("even"), 6U);
  EXPECT_EQ(summary.outcomes.at("odd"), 3U);
  EXPECT_EQ(summary.outcomes.at("failed"), 3U);
  ASSERT_EQ(summary.failures.size(), 3U);
  EXPECT_EQ(summary.failures[0].number, 11U);
  EXPECT_NE(summary.failures[0].reason.find("a rule is broken"), std::string::npos);
  EXPECT_EQ(summary.failures[1].number, 13U);
  EXPECT_NE(summary.failures[1].reason.find("signal 6"), std::string::npos);
  EXPECT_EQ(summary.failures[2].number, 17U);
  EXPECT_EQ(summary.failures[2].reason, "exit code 3");
}

TEST(IsolatedCases, EndsACaseThatTakesTooLong) {
  const CaseSummary summary = run_isolated(
      0, 2, 5,
      [](std::uint64_t number) -> std::string {
        volatile bool waits = number == 0;
        while (waits) {
        }
        return "done";
      },
      0.02);
  EXPECT_EQ(summary.outcomes.at("done"), 1U);
  ASSERT_EQ(summary.failures.size(), 1U);
  EXPECT_EQ(summary.failures[0].reason, "took too long");
}

}  // namespace
}  // namespace airnn::test
