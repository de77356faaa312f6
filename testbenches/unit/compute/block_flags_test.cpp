// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/accumulator/block_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "hw/compute/accumulator/block_accumulator.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Runs = std::vector<BlockRun>;

BlockFlags flags(const std::string& bits) {
  BlockFlags result;
  for (const char bit : bits) {
    result.push_back(bit == '1');
  }
  return result;
}

TEST(BlockFlags, DecodeToTheFiveGroupingsOfFourBlocksAndNoOther) {
  const std::map<std::string, Runs> legal = {
      {"0101", {{0, 1}, {1, 1}, {2, 1}, {3, 1}}},
      {"0010", {{0, 2}, {2, 1}, {3, 1}}},
      {"0100", {{0, 1}, {1, 1}, {2, 2}}},
      {"0011", {{0, 2}, {2, 2}}},
      {"0000", {{0, 4}}},
  };
  std::size_t refused = 0;
  for (const char* bits : {"0000", "0001", "0010", "0011", "0100", "0101", "0110", "0111"}) {
    const DecodedFlags decoded = decode_flags(flags(bits));
    const auto due = legal.find(bits);
    if (due != legal.end()) {
      EXPECT_EQ(decoded.error, "") << bits;
      EXPECT_EQ(decoded.runs, due->second) << bits;
    } else {
      ++refused;
      EXPECT_THAT(decoded.error, HasSubstr(bits));
    }
    // What counts is where they change.
    BlockFlags inverted = flags(bits);
    inverted.flip();
    EXPECT_EQ(decode_flags(inverted).runs, decoded.runs);
  }
  EXPECT_EQ(refused, 3U);
  EXPECT_EQ(decode_flags(flags("0110")).error,
            "flags 0110 give one kernel 2 blocks from block 1 on; expected a power of two at a "
            "multiple of it");
}

TEST(BlockFlags, SplitWhatNobodyOwns) {
  EXPECT_EQ(encode_flags({{7, 2, 2}, {8, 0, 1}}, 4), flags("0100"));
  EXPECT_EQ(encode_flags({{7, 0, 1}}, 4), flags("0100"));
  EXPECT_EQ(encode_flags({{7, 3, 1}}, 4), flags("0010"));
  EXPECT_EQ(encode_flags({{7, 2, 1}}, 8), flags("00101111"));
  EXPECT_EQ(encode_flags({}, 4), flags("0000"));
  EXPECT_EQ(encode_flags({{7, 0, 1}}, 1), flags("0"));
}

/// Calls `visit` with every way to fill blocks from `first` on with kernels.
template <typename Visitor>
void for_all_groups(std::uint32_t first, std::uint32_t blocks, const KernelGroup& group,
                    const Visitor& visit) {
  if (first == blocks) {
    visit(group);
    return;
  }
  for_all_groups(first + 1, blocks, group, visit);  // nobody's
  for (std::uint32_t size = 1; first + size <= blocks && first % size == 0; size *= 2) {
    KernelGroup more = group;
    more.push_back({static_cast<std::uint32_t>(group.size()), first, size});
    for_all_groups(first + size, blocks, more, visit);
  }
}

TEST(BlockFlags, OfEveryGroupAreLegalAndDecodeToIt) {
  for (const std::uint32_t blocks : {1U, 2U, 4U, 8U, 16U}) {
    std::uint64_t groups = 0;
    for_all_groups(0, blocks, {}, [&](const KernelGroup& group) {
      ASSERT_EQ(check_flags(encode_flags(group, blocks), group), "");
      ++groups;
    });
    EXPECT_GE(groups, std::uint64_t{1} << blocks);
  }
}

TEST(BlockFlags, ThatDecodeToOtherKernelsAreReported) {
  EXPECT_EQ(check_flags(flags("0011"), {{5, 0, 2}, {9, 2, 1}}),
            "kernel 9 owns 1 block from block 2 on, but flags 0011 decode to 2 blocks from block "
            "2 on");
  EXPECT_THAT(check_flags(flags("0101"), {{5, 0, 4}}), HasSubstr("decode to 1 block from block 0"));
  EXPECT_THAT(check_flags(flags("0111"), {{5, 0, 1}}), HasSubstr("3 blocks from block 1"));
  EXPECT_THAT(check_flags(flags("0011"), {{5, 0, 2}, {6, 0, 2}}), HasSubstr("kernel 6"));
  EXPECT_THAT(check_flags(flags("00"), {{5, 2, 1}}), HasSubstr("no flag"));
  // Ranges that no kernel may have give flags that no accumulator decodes.
  EXPECT_NE(check_flags(encode_flags({{5, 1, 2}}, 4), {{5, 1, 2}}), "");
  EXPECT_NE(check_flags(encode_flags({{5, 0, 3}}, 4), {{5, 0, 3}}), "");
}

MATCHER_P3(Comes, level, adder, sum, "") {
  return arg.level == static_cast<std::uint32_t>(level) &&
         arg.adder == static_cast<std::uint32_t>(adder) && arg.sum == sum;
}

TEST(BlockAccumulator, TakesTheSumsOfFigure9) {
  const std::vector<std::int64_t> sums = {1, 20, 300, 4000};
  const AccumulatedBlocks four = accumulate_blocks(sums, flags("0101"));
  EXPECT_THAT(four.levels[0].adders, ElementsAre(1, 20, 300, 4000));
  EXPECT_THAT(four.levels[1].adders, ElementsAre(21, 4300));
  EXPECT_THAT(four.levels[2].adders, ElementsAre(4321));
  EXPECT_THAT(four.levels[1].selects, ElementsAre(false, false));
  EXPECT_THAT(four.levels[2].selects, ElementsAre(false));
  EXPECT_THAT(four.levels[2].lanes, ElementsAre(1, 20, 300, 4000));
  EXPECT_THAT(four.sums,
              ElementsAre(Comes(0, 0, 1), Comes(0, 1, 20), Comes(0, 2, 300), Comes(0, 3, 4000)));

  const AccumulatedBlocks one = accumulate_blocks(sums, flags("0000"));
  EXPECT_THAT(one.levels[1].selects, ElementsAre(true, true));
  EXPECT_THAT(one.levels[2].selects, ElementsAre(true));
  EXPECT_THAT(one.levels[2].lanes, ElementsAre(4321, 0, 0, 0));
  EXPECT_THAT(one.sums, ElementsAre(Comes(2, 0, 4321)));

  EXPECT_THAT(accumulate_blocks(sums, flags("0010")).sums,
              ElementsAre(Comes(1, 0, 21), Comes(0, 2, 300), Comes(0, 3, 4000)));
  EXPECT_THAT(accumulate_blocks(sums, flags("0100")).sums,
              ElementsAre(Comes(0, 0, 1), Comes(0, 1, 20), Comes(1, 1, 4300)));
  const AccumulatedBlocks two = accumulate_blocks(sums, flags("0011"));
  EXPECT_THAT(two.levels[2].lanes, ElementsAre(21, 0, 4300, 0));
  EXPECT_THAT(two.sums, ElementsAre(Comes(1, 0, 21), Comes(1, 1, 4300)));

  EXPECT_TRUE(accumulate_blocks(sums, flags("0110")).sums.empty());
}

TEST(BlockAccumulator, HasSixMultiplexersForFourBlocks) {
  EXPECT_EQ(block_multiplexers(1), 0U);
  EXPECT_EQ(block_multiplexers(2), 2U);
  EXPECT_EQ(block_multiplexers(4), 6U);
  EXPECT_EQ(block_multiplexers(16), 30U);
  std::uint32_t counted = 0;
  for (const AccumulatorLevel& level :
       accumulate_blocks(std::vector<std::int64_t>(16), BlockFlags(16)).levels) {
    counted += 2 * static_cast<std::uint32_t>(level.selects.size());
  }
  EXPECT_EQ(counted, 30U);
}

TEST(BlockAccumulator, GivesEveryRunItsOwnSum) {
  for (const std::uint32_t blocks : {1U, 2U, 8U, 16U}) {
    std::vector<std::int64_t> sums;
    for (std::uint32_t b = 0; b < blocks; ++b) {
      sums.push_back(std::int64_t{1} << (2 * b));
    }
    for_all_groups(0, blocks, {}, [&](const KernelGroup& group) {
      const AccumulatedBlocks result = accumulate_blocks(sums, encode_flags(group, blocks));
      std::vector<std::int64_t> lanes(blocks, 0);
      for (const RunSum& run : result.sums) {
        std::int64_t due = 0;
        for (std::uint32_t b = 0; b < run.run.blocks; ++b) {
          due += sums[run.run.first_block + b];
        }
        ASSERT_EQ(run.sum, due);
        ASSERT_EQ(result.levels[run.level].adders[run.adder], due);
        lanes[run.run.first_block] = due;
      }
      ASSERT_EQ(result.levels.back().lanes, lanes);
    });
  }
}

TEST(BlockAccumulator, SumsOfDifferentKernelsMayWrap) {
  constexpr std::int64_t kHigh = std::numeric_limits<std::int64_t>::max();
  const AccumulatedBlocks result = accumulate_blocks({kHigh, kHigh}, flags("01"));
  EXPECT_EQ(result.levels[1].adders[0], -2);
  EXPECT_EQ(result.sums[1].sum, kHigh);
}

}  // namespace
}  // namespace airnn::test
