// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/engine_registers.h"

#include <random>

#include "hw/compute/layer_engine.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

constexpr std::size_t kStages = 4;

/// Four stages, in each of which a register shows the slot, counted from 1 and added to the first
/// element of the map.
class CountingPins final : public EnginePins {
 public:
  explicit CountingPins(std::size_t& runs) : runs_(runs) {
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      pins_.push_back({stage == 0 ? "" : "inner",
                       "stage" + std::to_string(stage),
                       {PinKind::signed_number, 32}});
    }
  }
  const std::vector<EnginePin>& pins() const override { return pins_; }
  std::size_t stages() const override { return kStages; }
  void begin(const LayerOperands& operands) override {
    ++runs_;
    first_element_ = operands.map[0];
  }
  void show(std::size_t stage, std::uint64_t slot, PinSink& sink) override {
    sink.set(stage, slot == kNoSlot ? 0 : first_element_ + static_cast<std::int64_t>(slot) + 1);
  }

 private:
  std::size_t& runs_;
  std::vector<EnginePin> pins_;
  std::int64_t first_element_ = 0;
};

struct DrawnRun {
  std::vector<IssueRun> issues;
  std::int32_t element;
};

/// One behind the other: the pipeline of one is empty before the next begins.
std::vector<DrawnRun> draw_runs(std::mt19937& random) {
  std::vector<DrawnRun> runs;
  Cycle next = 3;
  for (std::int32_t n = 0; n < 4; ++n) {
    DrawnRun run{{}, -1000 * (n + 1)};
    std::uint64_t slot = 0;
    for (std::uint64_t parts = random() % 4; parts > 0; --parts) {
      const std::uint64_t slots = 1 + random() % 5;
      run.issues.push_back({next, slot, slots});
      slot += slots;
      next += slots + random() % 7;
    }
    next += kStages;
    runs.push_back(run);
  }
  return runs;
}

std::int64_t due(const std::vector<DrawnRun>& runs, Cycle cycle) {
  for (const DrawnRun& run : runs) {
    for (const IssueRun& issue : run.issues) {
      if (cycle >= issue.begin && cycle < issue.begin + issue.slots) {
        return run.element + static_cast<std::int64_t>(issue.slot + cycle - issue.begin) + 1;
      }
    }
  }
  return 0;
}

class EngineRegistersTest : public WaveTest {
 protected:
  EngineRegistersTest() { layer_.input = layer_.result = layer_.output = {1, 1, 1}; }

  /// The maps are gone when the registers are shown.
  void tell(EngineRegisters& registers, const std::vector<DrawnRun>& runs) const {
    for (const DrawnRun& run : runs) {
      const std::vector<std::int32_t> map(1, run.element);
      LayerStarted event;
      event.start = run.issues.empty() ? 0 : run.issues.front().begin;
      event.issues = &run.issues;
      event.map = map.data();
      registers.started(event);
    }
  }

  Layer layer_;
  std::size_t begun_ = 0;
};

TEST_F(EngineRegistersTest, ShowEverySlotStageByStageWithTheStallsOfItsRun) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const std::vector<DrawnRun> runs = draw_runs(random);
    WaveTree tree;
    EngineRegisters registers(tree, "top.compute", layer_, std::make_unique<CountingPins>(begun_),
                              0, kNever);
    VcdWriter writer(tree, file_);
    WaveRecorder recorder(writer, {});
    recorder.add(registers, 1);
    tell(registers, runs);
    constexpr Cycle kEnd = 150;
    recorder.run_until(kEnd);
    writer.close();
    EXPECT_EQ(registers.next(), kNever);
    const VcdFile wave = written();
    for (Cycle cycle = 0; cycle < kEnd; ++cycle) {
      for (std::size_t stage = 0; stage < kStages; ++stage) {
        const std::string path = std::string("top.compute.") + (stage == 0 ? "" : "inner.") +
                                 "stage" + std::to_string(stage);
        const VcdSignal& signal = wave[path];
        ASSERT_EQ(signal.signed_of(signal.at(cycle)), cycle < stage ? 0 : due(runs, cycle - stage))
            << path << " in cycle " << cycle;
      }
    }
  }
}

TEST_F(EngineRegistersTest, KeepNoRunThatWillNotBeShown) {
  const std::vector<DrawnRun> runs = {{{{10, 0, 5}}, 1}, {{{30, 0, 5}}, 2}, {{{60, 0, 5}}, 3}};
  WaveTree tree;
  EngineRegisters registers(tree, "top.compute", layer_, std::make_unique<CountingPins>(begun_), 32,
                            40);
  VcdWriter writer(tree, file_);
  WaveRecorder recorder(writer, {32, 41});
  recorder.add(registers, 1);
  tell(registers, runs);
  EXPECT_EQ(registers.next(), 32U);
  recorder.run_until(100);
  writer.close();
  EXPECT_EQ(begun_, 1U);
  const VcdFile wave = written();
  const VcdSignal& signal = wave["top.compute.stage0"];
  EXPECT_EQ(signal.signed_of(signal.at(32)), 5);
}

}  // namespace
}  // namespace airnn::test
