// SPDX-License-Identifier: Apache-2.0
#include "sw/config/nearest_name.h"

#include <gtest/gtest.h>

namespace airnn {
namespace {

TEST(NearestName, MeasuresKnownDistances) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("lanes", "lanse"), 2U);
  EXPECT_EQ(edit_distance("flaw", "lawn"), 2U);
}

TEST(NearestName, IsSymmetricAndObeysTheTriangle) {
  const std::vector<std::string> words = {"", "a", "ab", "ba", "lanes", "lane", "planes", "slots"};
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      EXPECT_EQ(edit_distance(a, b), edit_distance(b, a));
      EXPECT_EQ(edit_distance(a, b) == 0, a == b);
      for (const std::string& c : words) {
        EXPECT_LE(edit_distance(a, c), edit_distance(a, b) + edit_distance(b, c));
      }
    }
  }
}

TEST(NearestName, FindsTheClosestCandidate) {
  EXPECT_EQ(nearest_name("lanse", {"slots", "lanes", "lane_count"}), "lanes");
  EXPECT_EQ(nearest_name("burst_intervall", {"burst", "burst_interval"}), "burst_interval");
}

TEST(NearestName, TakesTheFirstOfEquallyNearCandidates) {
  EXPECT_EQ(nearest_name("bat", {"cat", "hat"}), "cat");
}

TEST(NearestName, SuggestsNothingThatIsUnlike) {
  EXPECT_EQ(nearest_name("x", {"lanes", "slots"}), "");
  EXPECT_EQ(nearest_name("ab", {"cd"}), "");
  EXPECT_EQ(nearest_name("lanes", {}), "");
}

TEST(NearestName, EndsAMessageOnlyWithASuggestion) {
  EXPECT_EQ(did_you_mean("lanse", {"lanes"}), "; did you mean 'lanes'?");
  EXPECT_EQ(did_you_mean("colour", {"lanes"}), "");
}

}  // namespace
}  // namespace airnn
