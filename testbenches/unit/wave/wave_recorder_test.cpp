// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_recorder.h"

#include <algorithm>
#include <limits>

#include "hw/wave/sources/timed_queue.h"
#include "sw/format/errors.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

using Changes = std::map<std::uint64_t, std::string>;

/// Shows numbers in the cycles for which it was told them.
class Numbers final : public WaveSource {
 public:
  Numbers(WaveTree& tree, const std::string& name, const WaveType& type)
      : id_(tree.add("top", name, type)) {
    own(id_, tree);
  }
  void tell(Cycle cycle, std::int64_t value) { values_.add(cycle, value); }
  Cycle next() const override { return values_.next(); }
  void show(Cycle cycle, WaveWriter& writer) override {
    std::int64_t value = 0;
    while (values_.has(cycle)) {
      value = values_.take();
    }
    writer.set_signed(id_, value);
  }

 private:
  WaveId id_;
  TimedQueue<std::int64_t> values_;
};

class WaveRecorderTest : public WaveTest {
 protected:
  WaveTree tree_;
};

TEST_F(WaveRecorderTest, BringsSourcesAndClocksIntoTheOrderOfTime) {
  Numbers fast(tree_, "fast", WaveType::number(8));
  Numbers slow(tree_, "slow", WaveType::number(8));
  const WaveId clock = tree_.add("top", "clock", WaveType::bit());
  VcdWriter writer(tree_, file_);
  WaveRecorder recorder(writer, {});
  recorder.add(fast, 3);
  recorder.add(slow, 10);
  recorder.add_clock(clock, 5);
  slow.tell(1, 7);
  fast.tell(4, 2);
  fast.tell(1, 1);
  recorder.run_until(10);  // 10 itself may change
  fast.tell(5, 3);
  slow.tell(1, 8);
  recorder.run_until(16);
  writer.close();
  const VcdFile wave = written();
  EXPECT_EQ(wave["top.fast"].changes, (Changes{{0, "0"}, {3, "1"}, {12, "10"}, {15, "11"}}));
  EXPECT_EQ(wave["top.slow"].changes, (Changes{{0, "0"}, {10, "1000"}}));
  EXPECT_EQ(wave["top.clock"].changes,
            (Changes{{0, "1"}, {2, "0"}, {5, "1"}, {7, "0"}, {10, "1"}, {12, "0"}, {15, "1"}}));
}

TEST_F(WaveRecorderTest, BeginsAWindowWithTheValuesOfItsFirstMoment) {
  Numbers one(tree_, "one", WaveType::number(8));
  Numbers other(tree_, "other", WaveType::number(8));
  VcdWriter writer(tree_, file_);
  WaveRecorder recorder(writer, {10, 14});
  recorder.add(one, 1);
  recorder.add(other, 1);
  for (Cycle cycle = 0; cycle < 20; ++cycle) {
    one.tell(cycle, static_cast<std::int64_t>(cycle));
  }
  other.tell(4, 1);
  recorder.run_until(5);
  EXPECT_FALSE(recorder.is_over());
  recorder.run_until(30);
  EXPECT_TRUE(recorder.is_over());
  writer.close();
  const VcdFile wave = written();
  EXPECT_EQ(wave["top.one"].changes,
            (Changes{{10, "1010"}, {11, "1011"}, {12, "1100"}, {13, "1101"}}));
  EXPECT_EQ(wave["top.other"].changes, (Changes{{10, "1"}}));
}

TEST_F(WaveRecorderTest, WritesEveryKindOfValue) {
  const std::vector<std::int64_t> values = {0,
                                            -1,
                                            1,
                                            9999,
                                            10000,
                                            -10010,
                                            99990000,
                                            123456789012345678,
                                            std::numeric_limits<std::int64_t>::max(),
                                            std::numeric_limits<std::int64_t>::min()};
  Numbers sum(tree_, "sum", WaveType::sum());
  Numbers number(tree_, "number", WaveType::signed_number(64));
  Numbers byte(tree_, "byte", WaveType::signed_number(8));
  const WaveId real = tree_.add("top", "real", WaveType::real());
  const WaveId text = tree_.add("top", "text", WaveType::text());
  VcdWriter writer(tree_, file_);
  writer.set_real(real, -0.375);
  writer.set_text(text, "/conv 1");
  WaveRecorder recorder(writer, {});
  for (Numbers* source : {&sum, &number, &byte}) {
    recorder.add(*source, 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
      source->tell(i, values[i]);
    }
  }
  recorder.run_until(values.size());
  writer.close();
  const VcdFile wave = written();
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(wave["top.sum"].at(i), std::to_string(values[i]));
    EXPECT_EQ(wave["top.number"].signed_of(wave["top.number"].at(i)), values[i]);
    EXPECT_EQ(wave["top.byte"].signed_of(wave["top.byte"].at(i)),
              static_cast<std::int8_t>(values[i]));
  }
  EXPECT_EQ(wave["top.real"].at(0), "-0.375");
  EXPECT_EQ(wave["top.text"].at(0), "/conv\\0401");
}

TEST_F(WaveRecorderTest, HasCodesForManySignals) {
  constexpr WaveId kMany = 20000;  // codes of one, two and three letters
  for (WaveId i = 0; i < kMany; ++i) {
    tree_.add("top", "s" + std::to_string(i), WaveType::number(16));
  }
  VcdWriter writer(tree_, file_);
  for (WaveId i = 0; i < kMany; ++i) {
    writer.set(i, i);
  }
  writer.at(0);
  writer.open();
  writer.close();
  const VcdFile wave = written();
  for (WaveId i = 0; i < kMany; ++i) {
    ASSERT_EQ(wave["top.s" + std::to_string(i)].number_at(0), i);
  }
}

TEST_F(WaveRecorderTest, SaysWhereAFileCannotBeWritten) {
  EXPECT_THROW(VcdWriter(tree_, "/proc/none.vcd"), UserError);
  EXPECT_THROW(VcdWriter(tree_, "/dev/full"), UserError);
}

}  // namespace
}  // namespace airnn::test
