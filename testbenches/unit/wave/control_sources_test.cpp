// SPDX-License-Identifier: Apache-2.0
//
// Sources that show what one unit of the control side, or a weight buffer, tells.
#include <algorithm>
#include <random>

#include "hw/wave/sources/bus_pins.h"
#include "hw/wave/sources/controller_pins.h"
#include "hw/wave/sources/score_pins.h"
#include "hw/wave/sources/weight_buffer_pins.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

constexpr Cycle kLastCycle = 400;

template <typename Pins>
class SourceTest : public WaveTest {
 protected:
  template <typename... Args>
  void make(Args... args) {
    pins_ = std::make_unique<Pins>(tree_, "top.unit", args...);
    writer_ = std::make_unique<VcdWriter>(tree_, file_);
    recorder_ = std::make_unique<WaveRecorder>(*writer_, WaveWindow());
    recorder_->add(*pins_, 1);
  }
  VcdFile finish() {
    recorder_->run_until(kLastCycle);
    writer_->close();
    return written();
  }

  WaveTree tree_;
  std::unique_ptr<Pins> pins_;
  std::unique_ptr<VcdWriter> writer_;
  std::unique_ptr<WaveRecorder> recorder_;
};

using ControllerPinsTest = SourceTest<ControllerPins>;

TEST_F(ControllerPinsTest, ShowTheLastStateOfACycle) {
  make();
  pins_->entered({3, ControllerState::reset_buffers, 5, 1});
  pins_->entered({9, ControllerState::fetch_batch, 5, 1});
  pins_->entered({9, ControllerState::drain, 6, 2});
  const VcdFile wave = finish();
  const VcdSignal& state = wave["top.unit.state"];
  EXPECT_EQ(state.number_at(2), 0U);
  EXPECT_EQ(state.number_at(8), static_cast<std::uint64_t>(ControllerState::reset_buffers));
  EXPECT_EQ(state.number_at(9), static_cast<std::uint64_t>(ControllerState::drain));
  EXPECT_EQ(wave["top.unit.input"].number_at(8), 5U);
  EXPECT_EQ(wave["top.unit.input"].number_at(9), 6U);
  EXPECT_EQ(wave["top.unit.iteration"].number_at(300), 2U);
}

using ScorePinsTest = SourceTest<ScorePins>;

TEST_F(ScorePinsTest, AreBusyFromTheOutputsToTheDecision) {
  make(4, 0.75);
  ScoreDecided first;
  first.begin = 10;
  first.cycle = 20;
  first.score = -24;
  first.prediction = 3;
  first.input = 1;
  first.iteration = 2;
  ScoreDecided second = first;
  second.begin = 18;
  second.cycle = 31;
  second.score = 8;
  second.terminate = true;
  pins_->begun({first.begin});
  pins_->decided(first);
  pins_->begun({second.begin});
  pins_->decided(second);
  const VcdFile wave = finish();
  for (Cycle t = 0; t < 60; ++t) {
    EXPECT_EQ(wave["top.unit.busy"].at(t), t >= 10 && t < 31 ? "1" : "0") << t;
    EXPECT_EQ(wave["top.unit.decided"].at(t), t == 20 || t == 31 ? "1" : "0") << t;
  }
  const VcdSignal& score = wave["top.unit.score"];
  EXPECT_EQ(score.signed_of(score.at(25)), -24);
  EXPECT_EQ(std::stod(wave["top.unit.score_value"].at(25)), -1.5);
  EXPECT_EQ(std::stod(wave["top.unit.score_value"].at(31)), 0.5);
  EXPECT_EQ(std::stod(wave["top.unit.threshold"].at(0)), 0.75);
  EXPECT_EQ(wave["top.unit.prediction"].number_at(25), 3U);
  EXPECT_EQ(wave["top.unit.terminate"].at(30), "0");
  EXPECT_EQ(wave["top.unit.terminate"].at(31), "1");
}

using WeightBufferPinsTest = SourceTest<WeightBufferPins>;

TEST_F(WeightBufferPinsTest, ShowWritesAndCountThemUntilAReset) {
  make(16U);
  std::vector<PlacedWord> words = {{40, -3}, {41, 9}, {42, 1}};
  pins_->written(12, {words.data(), 3, 0, 0, 0});
  pins_->written(13, {words.data() + 1, 2, 0, 0, 0});
  pins_->written(20, {words.data(), 0, 0, 0, 0});
  pins_->reset({30, 0, 0, 0});
  pins_->written(30, {words.data(), 1, 0, 0, 0});  // behind the reset of its cycle
  words.assign(3, {0, 0});                         // as the sender does with the credit
  const VcdFile wave = finish();
  const auto value = [&](Cycle t) {
    const VcdSignal& signal = wave["top.unit.value"];
    return signal.signed_of(signal.at(t));
  };
  for (Cycle t = 0; t < 60; ++t) {
    const bool writes = t == 12 || t == 13 || t == 20 || t == 30;
    EXPECT_EQ(wave["top.unit.write"].at(t), writes ? "1" : "0") << t;
    EXPECT_EQ(wave["top.unit.reset"].at(t), t == 30 ? "1" : "0") << t;
    EXPECT_EQ(wave["top.unit.words"].number_at(t), t < 12   ? 0U
                                                   : t < 13 ? 3U
                                                   : t < 30 ? 5U
                                                            : 1U)
        << t;
  }
  EXPECT_EQ(wave["top.unit.count"].number_at(12), 3U);
  EXPECT_EQ(wave["top.unit.slot"].number_at(12), 40U);
  EXPECT_EQ(value(12), -3);
  EXPECT_EQ(wave["top.unit.slot"].number_at(13), 41U);
  EXPECT_EQ(value(13), 9);
}

using BusPinsTest = SourceTest<BusPins>;

/// Requests wait at random for their acceptance, and are answered out of order.
TEST_F(BusPinsTest, ShowRequestsUntilTheyAreAcceptedAndWhatIsInFlight) {
  struct Read {
    Cycle request;
    Cycle accepted;  ///< the first cycle in which the next may be offered
    Cycle response;
    std::uint64_t address;
  };
  make(std::uint64_t{63});
  std::mt19937 random(4);
  std::vector<Read> reads;
  Cycle free_from = 2;
  std::vector<bool> answers(kLastCycle, false);
  for (std::uint64_t i = 0; i < 40; ++i) {
    Read read{free_from + random() % 3, 0, 0, 64 * (i + 1)};
    read.accepted = read.request + 1 + random() % 4;
    read.response = read.accepted + 1 + random() % 30;
    while (answers[read.response]) {
      ++read.response;
    }
    answers[read.response] = true;
    free_from = read.accepted;
    reads.push_back(read);
    pins_->requested(read.request, read.address, i % 3 == 0);
    pins_->accepted(read.accepted);
    pins_->responded(read.response, read.address);
  }
  const VcdFile wave = finish();
  for (Cycle t = 0; t < kLastCycle; ++t) {
    SCOPED_TRACE(t);
    const auto offered = std::find_if(reads.begin(), reads.end(), [&](const Read& read) {
      return read.request <= t && t < read.accepted;
    });
    const auto answered = std::find_if(reads.begin(), reads.end(),
                                       [&](const Read& read) { return read.response == t; });
    ASSERT_EQ(wave["top.unit.request_valid"].at(t), offered == reads.end() ? "0" : "1");
    ASSERT_EQ(wave["top.unit.response_valid"].at(t), answered == reads.end() ? "0" : "1");
    if (offered != reads.end()) {
      ASSERT_EQ(wave["top.unit.request_address"].number_at(t), offered->address);
      ASSERT_EQ(wave["top.unit.request_ready"].at(t), offered->accepted == t + 1 ? "1" : "0");
      ASSERT_EQ(wave["top.unit.request_write"].at(t),
                (offered - reads.begin()) % 3 == 0 ? "1" : "0");
    }
    if (answered != reads.end()) {
      ASSERT_EQ(wave["top.unit.response_address"].number_at(t), answered->address);
    }
    const auto in_flight = std::count_if(reads.begin(), reads.end(), [&](const Read& read) {
      return read.request <= t && t <= read.response;
    });
    ASSERT_EQ(wave["top.unit.in_flight"].number_at(t), static_cast<std::uint64_t>(in_flight));
  }
}

}  // namespace
}  // namespace airnn::test
