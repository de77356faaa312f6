// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/layer_pins.h"

#include "hw/wave/wave_states.h"
#include "testbenches/unit/wave/wave_testing.h"

namespace airnn::test {
namespace {

std::uint64_t number(LayerState state) {
  return static_cast<std::uint64_t>(state);
}

class LayerPinsTest : public WaveTest {
 protected:
  /// Runs of one layer, shown up to cycle 60.
  VcdFile show(const std::vector<LayerStarted>& runs) {
    WaveTree tree;
    LayerPins pins(tree, "top.layer");
    VcdWriter writer(tree, file_);
    WaveRecorder recorder(writer, {});
    recorder.add(pins, 1);
    for (const LayerStarted& run : runs) {
      pins.started(run);
    }
    recorder.run_until(60);
    writer.close();
    return written();
  }
  static LayerStarted run(const std::vector<IssueRun>& issues, Cycle start, Cycle finish,
                          std::uint32_t input, std::uint32_t iteration) {
    LayerStarted event;
    event.start = start;
    event.finish = finish;
    event.input = input;
    event.iteration = iteration;
    event.issues = &issues;
    return event;
  }
};

TEST_F(LayerPinsTest, ShowIssuesStallsAndThePipelineThatEmpties) {
  const std::vector<IssueRun> issues = {{5, 0, 3}, {10, 3, 2}};
  const VcdFile wave = show({run(issues, 5, 16, 7, 2)});
  for (Cycle t = 0; t < 60; ++t) {
    SCOPED_TRACE(t);
    const bool issuing = (t >= 5 && t < 8) || (t >= 10 && t < 12);
    const bool stalled = t >= 8 && t < 10;
    const bool draining = t >= 12 && t < 16;
    const LayerState due = issuing    ? LayerState::issuing
                           : stalled  ? LayerState::stalled
                           : draining ? LayerState::draining
                                      : LayerState::idle;
    EXPECT_EQ(wave["top.layer.state"].number_at(t), number(due));
    EXPECT_EQ(wave["top.layer.busy"].at(t), t >= 5 && t < 16 ? "1" : "0");
    EXPECT_EQ(wave["top.layer.stalled"].at(t), stalled ? "1" : "0");
    if (issuing) {
      EXPECT_EQ(wave["top.layer.slot"].number_at(t), t < 8 ? t - 5 : t - 7);
    }
    if (t >= 5) {
      EXPECT_EQ(wave["top.layer.input"].number_at(t), 7U);
      EXPECT_EQ(wave["top.layer.iteration"].number_at(t), 2U);
    }
  }
}

TEST_F(LayerPinsTest, AreStalledUntilTheFirstSlotAndBusyWithoutAny) {
  const std::vector<IssueRun> late = {{9, 0, 1}};
  const std::vector<IssueRun> none;
  const VcdFile wave = show({run(late, 4, 12, 0, 1), run(none, 20, 25, 0, 2)});
  EXPECT_EQ(wave["top.layer.state"].number_at(4), number(LayerState::stalled));
  EXPECT_EQ(wave["top.layer.state"].number_at(9), number(LayerState::issuing));
  EXPECT_EQ(wave["top.layer.state"].number_at(19), number(LayerState::idle));
  EXPECT_EQ(wave["top.layer.state"].number_at(20), number(LayerState::draining));
  EXPECT_EQ(wave["top.layer.busy"].at(25), "0");
}

TEST_F(LayerPinsTest, AreNeverIdleBetweenRunsThatTouch) {
  const std::vector<IssueRun> first = {{5, 0, 4}};
  const std::vector<IssueRun> second = {{12, 0, 4}};
  const VcdFile wave = show({run(first, 5, 12, 3, 1), run(second, 12, 20, 4, 1)});
  for (Cycle t = 5; t < 20; ++t) {
    EXPECT_EQ(wave["top.layer.busy"].at(t), "1") << t;
    EXPECT_EQ(wave["top.layer.input"].number_at(t), t < 12 ? 3U : 4U) << t;
  }
}

}  // namespace
}  // namespace airnn::test
