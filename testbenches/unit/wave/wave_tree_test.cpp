// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

std::vector<std::string> traced(const std::vector<std::string>& patterns) {
  WaveTree tree(patterns);
  tree.add("top.a", "x", WaveType::bit());
  const WaveId shared = tree.add("top.b.port", "valid", WaveType::bit());
  tree.add("top.a", "y", WaveType::bit());
  tree.add("top.b", "z", WaveType::bit());
  tree.alias_scope("top.b.port", "top.a.in");
  std::vector<std::string> paths;
  for (const WavePath& path : tree.traced_paths()) {
    EXPECT_TRUE(tree.is_traced(path.id));
    paths.push_back(path.full());
  }
  const bool port = std::find(paths.begin(), paths.end(), "top.b.port.valid") != paths.end() ||
                    std::find(paths.begin(), paths.end(), "top.a.in.valid") != paths.end();
  EXPECT_EQ(tree.is_traced(shared), port);
  tree.check_patterns();
  return paths;
}

using Paths = std::vector<std::string>;

TEST(WaveTree, HasEverythingWithoutPatternsScopeByScope) {
  EXPECT_EQ(traced({}),
            (Paths{"top.a.x", "top.a.y", "top.a.in.valid", "top.b.z", "top.b.port.valid"}));
}

TEST(WaveTree, TakesSignalsAndWholeScopes) {
  EXPECT_EQ(traced({"top.a.x"}), (Paths{"top.a.x"}));
  EXPECT_EQ(traced({"top.a"}), (Paths{"top.a.x", "top.a.y", "top.a.in.valid"}));
  EXPECT_EQ(traced({"*.valid"}), (Paths{"top.a.in.valid", "top.b.port.valid"}));
  EXPECT_EQ(traced({"top.[!b].?", "*.z"}), (Paths{"top.a.x", "top.a.y", "top.b.z"}));
  EXPECT_EQ(traced({"top.b.port"}), (Paths{"top.b.port.valid"}));
}

TEST(WaveTree, LeavesOutSignalsAndWholeScopes) {
  EXPECT_EQ(traced({"!top.a.x"}),
            (Paths{"top.a.y", "top.a.in.valid", "top.b.z", "top.b.port.valid"}));
  EXPECT_EQ(traced({"!top.a"}), (Paths{"top.b.z", "top.b.port.valid"}));
  EXPECT_EQ(traced({"!*.in", "top.a", "!top.a.y"}), (Paths{"top.a.x"}));
  EXPECT_EQ(traced({"!*.port", "*.valid"}), (Paths{"top.a.in.valid"}));
}

TEST(WaveTree, RefusesPatternsThatLeaveNothing) {
  const auto refusal = [](const std::vector<std::string>& patterns) -> std::string {
    try {
      traced(patterns);
    } catch (const UserError& error) {
      return error.what();
    }
    return "not refused";
  };
  EXPECT_EQ(refusal({"top.a", "!top.?"}), "--wave-scope: '!top.?' leaves no signal");
  EXPECT_EQ(refusal({"!top.c"}),
            "--wave-scope: no signal or scope fits 'top.c'; the nearest scope is 'top.a'");
}

TEST(WaveTree, RefusesPatternsThatFitNothingWithTheNearestScope) {
  try {
    traced({"top.a", "top.b.prot.*"});
    FAIL() << "not refused";
  } catch (const UserError& error) {
    EXPECT_EQ(std::string(error.what()),
              "--wave-scope: no signal or scope fits 'top.b.prot.*'; the nearest scope is "
              "'top.b.port'");
  }
}

TEST(WaveTree, MakesNumbersAsWideAsTheyNeedToBe) {
  EXPECT_EQ(WaveType::number_to(0).width, 1U);
  EXPECT_EQ(WaveType::number_to(1).width, 1U);
  EXPECT_EQ(WaveType::number_to(2).width, 2U);
  EXPECT_EQ(WaveType::number_to(255).width, 8U);
  EXPECT_EQ(WaveType::number_to(256).width, 9U);
  EXPECT_EQ(WaveType::number_to(~std::uint64_t{0}).width, 64U);
}

}  // namespace
}  // namespace airnn::test
