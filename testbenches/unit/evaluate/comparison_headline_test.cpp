// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/comparison_headline.h"

#include <gtest/gtest.h>

#include <deque>

namespace airnn {
namespace {

class ComparisonHeadline : public testing::Test {
 protected:
  /// One published number, and each of ours.
  void add(double theirs, const std::vector<double>& ours, int iteration = 0) {
    PublishedNumbers& published = published_.emplace_back();
    published.source = "Table " + std::to_string(published_.size());
    published.metric = "energy";
    ComparedNumber number;
    number.published = &published;
    number.theirs = theirs;
    number.iteration = iteration;
    for (const double one : ours) {
      number.ours = one;
      numbers_.push_back(number);
    }
    if (ours.empty()) {
      numbers_.push_back(number);
    }
  }
  std::string headline() const { return comparison_headline(numbers_); }

  std::deque<PublishedNumbers> published_;
  std::vector<ComparedNumber> numbers_;
};

TEST_F(ComparisonHeadline, CountsWhatIsNearAndNamesTheFarthest) {
  add(0.5, {5, 0.51});
  add(0.4, {0.2}, 3);
  EXPECT_EQ(headline(),
            "The nearest of ours is within 5 % of 1 of 2 published numbers; farthest, by a factor "
            "of 2, is Table 2: energy of an input, iteration 3.");
  add(1, {});
  EXPECT_EQ(headline(),
            "The nearest of ours is within 5 % of 1 of 3 published numbers; farthest, by a factor "
            "of 2, is Table 2: energy of an input, iteration 3. 1 cannot be compared.");
}

TEST_F(ComparisonHeadline, OneNumberIsOne) {
  add(0.5, {0.25, 0.1});
  EXPECT_EQ(headline(), "Between the published number and the nearest of ours is a factor of 2.");
}

TEST_F(ComparisonHeadline, SaysIfNothingStandsBesideIt) {
  add(0.5, {});
  EXPECT_EQ(headline(), "The published number has none of ours beside it.");
  add(0.4, {});
  EXPECT_EQ(headline(), "None of 2 published numbers has one of ours beside it.");
}

TEST_F(ComparisonHeadline, NothingIsAMultipleOfZero) {
  add(0, {0.5});
  add(0.5, {0});
  EXPECT_EQ(headline(), "Ours stand beside 2 of 2 published numbers, but are no multiple of any.");
}

}  // namespace
}  // namespace airnn
