// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/stream_pins.h"

#include <algorithm>
#include <deque>
#include <random>
#include <set>

#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

struct Item {
  Cycle pushed;
  Cycle arrival;
  Cycle taken;
  std::uint64_t words;
};

/// Items in order, taken one per cycle at most, after random waits.
std::vector<Item> draw(std::mt19937_64& random) {
  std::vector<Item> items;
  Cycle pushed = 1;
  Cycle free_from = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    pushed += random() % 4;
    const Cycle arrival =
        std::max(pushed + 1 + random() % 3, items.empty() ? Cycle{0} : items.back().arrival);
    const Cycle taken = std::max(arrival, free_from) + (random() % 2 == 0 ? 0 : random() % 5);
    free_from = taken + 1;
    items.push_back({pushed, arrival, taken, i * 3 + 1});
  }
  return items;
}

class StreamPinsTest : public WaveTest {};

TEST_F(StreamPinsTest, ShowWhatTheQueueOfTheReceiverHolds) {
  constexpr unsigned kSlots = 63;
  for (unsigned seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    const std::vector<Item> items = draw(random);
    WaveTree tree;
    StreamPins<BatchPlaced> pins(tree, "top.port", kSlots, 1);
    VcdWriter writer(tree, file_);
    WaveRecorder recorder(writer, {});
    recorder.add(pins, 1);
    // Told as late as may be, or earlier; written in between.
    const Cycle end = items.back().taken + 10;
    std::size_t sent = 0;
    std::size_t taken = 0;
    for (Cycle now = 0; now < end; ++now) {
      const Cycle ahead = random() % 3 == 0 ? random() % 20 : 0;
      for (; sent < items.size() && items[sent].pushed <= now + ahead; ++sent) {
        pins.sent(items[sent].pushed, items[sent].arrival, {items[sent].words});
      }
      for (; taken < sent && items[taken].taken <= now + ahead; ++taken) {
        pins.taken(items[taken].taken);
      }
      if (random() % 4 == 0) {
        recorder.run_until(now + 1);
      }
    }
    recorder.run_until(end);
    writer.close();
    const VcdFile wave = written();
    Cycle free_from = 0;
    std::map<Cycle, const Item*> shown;
    for (const Item& item : items) {
      for (Cycle t = std::max(item.arrival, free_from); t <= item.taken; ++t) {
        shown[t] = &item;
      }
      free_from = item.taken + 1;
    }
    for (Cycle t = 0; t < end; ++t) {
      const auto item = shown.find(t);
      ASSERT_EQ(wave["top.port.valid"].at(t), item == shown.end() ? "0" : "1") << t;
      const bool ready = item != shown.end() && item->second->taken == t;
      ASSERT_EQ(wave["top.port.ready"].at(t), ready ? "1" : "0") << t;
      if (item != shown.end()) {
        ASSERT_EQ(wave["top.port.words"].number_at(t), item->second->words) << t;
      }
      std::uint64_t held = 0;
      for (const Item& any : items) {
        held += any.pushed <= t && t <= any.taken ? 1 : 0;
      }
      ASSERT_EQ(wave["top.port.free_slots"].number_at(t), kSlots - held) << t;
    }
  }
}

TEST_F(StreamPinsTest, KeepWordsThatTheSenderTakesBack) {
  WaveTree tree;
  StreamPins<PlacedWeights> pins(tree, "top.port", 4, 2);
  VcdWriter writer(tree, file_);
  WaveRecorder recorder(writer, {});
  recorder.add(pins, 1);
  std::vector<PlacedWord> words = {{5, -7}, {6, 8}};
  pins.sent(1, 3, {words.data(), 2, 0, 0, 0});
  pins.taken(3);
  words = {{0, 0}, {0, 0}};
  recorder.run_until(10);
  writer.close();
  const VcdFile wave = written();
  EXPECT_EQ(wave["top.port.slot0"].number_at(3), 5U);
  EXPECT_EQ(wave["top.port.value0"].signed_of(wave["top.port.value0"].at(3)), -7);
  EXPECT_EQ(wave["top.port.slot1"].number_at(3), 6U);
}

}  // namespace
}  // namespace airnn::test
