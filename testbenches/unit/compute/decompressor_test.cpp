// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/decompressor/decompressor.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <vector>

namespace airnn::test {
namespace {

/// docs/line_coding.md, "The decompressor", cycle by cycle and word by word.
class DecompressorTwin {
 public:
  explicit DecompressorTwin(const ExpansionRate& rate) : rate_(rate) {}

  void arrive(Cycle cycle, const std::vector<LineSegment>& segments) {
    Item item;
    item.arrived = cycle;
    for (std::size_t s = 0; s < segments.size(); ++s) {
      for (std::uint32_t j = 0; j < segments[s].length; ++j) {
        item.line_of_word.push_back(s);
      }
    }
    items_.push_back(item);
  }

  /// True in the cycle in which the oldest item is popped.
  bool step(Cycle t) {
    if (items_.empty() || items_.front().arrived >= t) {
      return false;
    }
    std::deque<std::size_t>& left = items_.front().line_of_word;
    std::vector<std::size_t> touched;
    for (std::uint32_t words = 0; words < rate_.lanes && !left.empty(); ++words) {
      if (touched.empty() || touched.back() != left.front()) {
        if (touched.size() == rate_.segments) {
          break;
        }
        touched.push_back(left.front());
      }
      left.pop_front();
    }
    if (!left.empty()) {
      return false;
    }
    items_.pop_front();
    return true;
  }
  bool empty() const { return items_.empty(); }

 private:
  struct Item {
    Cycle arrived = 0;
    std::deque<std::size_t> line_of_word;
  };
  ExpansionRate rate_;
  std::deque<Item> items_;
};

std::vector<LineSegment> random_lines(std::mt19937_64& random) {
  std::vector<LineSegment> lines(1 + random() % 21);
  const std::uint64_t longest = random() % 3 == 0 ? 256 : 1 + random() % 20;
  for (LineSegment& line : lines) {
    line.start = static_cast<std::int32_t>(random() % 65536) - 32768;
    line.slope = static_cast<std::int32_t>(random() % 65536) - 32768;
    line.length = static_cast<std::uint32_t>(1 + random() % longest);
  }
  return lines;
}

PlacedWeights item_of(const std::vector<LineSegment>& lines, std::vector<PlacedWord>& slots) {
  slots.clear();
  for (const LineSegment& line : lines) {
    for (std::uint32_t j = 0; j < line.length; ++j) {
      slots.push_back({static_cast<std::uint32_t>(3 * slots.size() + 7), 0});
    }
  }
  PlacedWeights item;
  item.words = slots.data();
  item.count = static_cast<std::uint32_t>(slots.size());
  item.segments = lines.data();
  item.segment_count = static_cast<std::uint32_t>(lines.size());
  return item;
}

TEST(Decompressor, PopsEveryItemInTheTwinsCycle) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 60; ++round) {
    const ExpansionRate rate = {static_cast<std::uint32_t>(1 + random() % 64),
                                static_cast<std::uint32_t>(1 + random() % 16)};
    Decompressor unit({rate, {2, 2}});
    DecompressorTwin twin(rate);
    std::vector<Cycle> due;
    std::vector<Cycle> popped;
    Cycle arrival = 5;
    std::vector<PlacedWord> slots;
    for (int i = 0; i < 12; ++i) {
      arrival += random() % 3 == 0 ? random() % 200 : random() % 4;
      const std::vector<LineSegment> lines = random_lines(random);
      due.push_back(unit.expand(item_of(lines, slots), arrival).end - 1);
      twin.arrive(arrival, lines);
    }
    for (Cycle t = 0; !twin.empty(); ++t) {
      if (twin.step(t)) {
        popped.push_back(t);
      }
    }
    EXPECT_EQ(due, popped) << "lanes " << rate.lanes << ", segments " << rate.segments;
  }
}

TEST(Decompressor, TakesTheCyclesOfClosedForms) {
  const std::vector<LineSegment> singles(12, LineSegment{5, 0, 1});
  EXPECT_EQ(expansion_cycles(singles.data(), 12, {16, 4}), 3U);
  EXPECT_EQ(expansion_cycles(singles.data(), 12, {2, 4}), 6U);
  EXPECT_EQ(expansion_cycles(singles.data(), 12, {64, 16}), 1U);
  const LineSegment longest = {5, 3, 256};
  EXPECT_EQ(expansion_cycles(&longest, 1, {16, 4}), 16U);
  EXPECT_EQ(expansion_cycles(&longest, 1, {1, 1}), 256U);
  // 10 words and 6 of the next line fill a cycle, whose other 4 share the next with two lines.
  const std::vector<LineSegment> mixed = {{0, 0, 10}, {0, 0, 10}, {0, 0, 1}, {0, 0, 1}};
  EXPECT_EQ(expansion_cycles(mixed.data(), 4, {16, 4}), 2U);
  EXPECT_EQ(expansion_cycles(mixed.data(), 4, {16, 2}), 3U);
}

TEST(Decompressor, GivesEverySlotItsWord) {
  std::mt19937_64 random(12);
  for (const int bytes : {1, 2, 4}) {
    Decompressor unit({{16, 4}, {bytes, 2}});
    std::vector<LineSegment> lines = random_lines(random);
    for (LineSegment& line : lines) {
      line.start = bytes == 1 ? line.start / 256 : line.start;
      line.slope = bytes == 1 ? line.slope / 256 : line.slope;
    }
    std::vector<PlacedWord> slots;
    const Decompressor::Expansion done = unit.expand(item_of(lines, slots), 9);
    EXPECT_EQ(done.begin, 10U);
    ASSERT_EQ(done.words->size(), slots.size());
    std::size_t at = 0;
    for (const LineSegment& line : lines) {
      for (std::uint32_t j = 0; j < line.length; ++j, ++at) {
        EXPECT_EQ((*done.words)[at].slot, slots[at].slot);
        EXPECT_EQ((*done.words)[at].value, line_weight(line, j, {bytes, 2}));
      }
    }
  }
}

TEST(Decompressor, WaitsWithinABatchOnly) {
  Decompressor unit({{16, 4}, {2, 2}});
  const std::vector<LineSegment> lines = {{1, 0, 16}};
  std::vector<PlacedWord> slots;
  const PlacedWeights item = item_of(lines, slots);
  EXPECT_EQ(unit.expand(item, 10).waited, 0U) << "the first";
  EXPECT_EQ(unit.expand(item, 11).waited, 0U) << "behind the first without a gap";
  EXPECT_EQ(unit.expand(item, 20).waited, 8U) << "from 13 to 20";
  unit.end_batch();
  EXPECT_EQ(unit.expand(item, 40).waited, 0U);
}

}  // namespace
}  // namespace airnn::test
