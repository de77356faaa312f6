// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/critical_path.h"

#include <gtest/gtest.h>

#include "sw/format/network.h"

namespace airnn::test {
namespace {

using Layers = std::vector<std::uint64_t>;

class CriticalPathTest : public testing::Test {
 protected:
  /// Layer after layer.
  explicit CriticalPathTest(std::vector<LayerSources> layers = {{kNetworkInput, kNoSource},
                                                                {0, kNoSource},
                                                                {1, kNoSource}})
      : path_(std::move(layers)) {}

  /// From cycle 100 on in this state, which ends in cycle 150.
  PathCycles state(ControllerState state, const CyclesSpent& spent = {}) {
    path_.entered({100, state, 0, 1});
    path_.controller_spent(spent);
    return path_.entered({150, ControllerState::idle, 0, 1});
  }
  void run(std::uint32_t layer, Cycle start, Cycle finish, Cycle stalled = 0) {
    LayerDone done;
    done.start = start;
    done.finish = finish;
    done.stalled = stalled;
    done.layer = layer;
    path_.computed(done);
  }
  PathCycles compute() {
    const PathCycles path = state(ControllerState::compute);
    EXPECT_EQ(path.total(), 50U);
    EXPECT_EQ(path.memory + path.controller + path.addresses + path.score, 0U);
    return path;
  }

  CriticalPath path_;
};

TEST_F(CriticalPathTest, ControlStatesHaveOneUnitEach) {
  EXPECT_EQ(state(ControllerState::boot).total(), 0U);
  EXPECT_EQ(state(ControllerState::idle).total(), 0U);
  EXPECT_EQ(state(ControllerState::reset_buffers, {150, 1, 0, 49}).controller, 50U);
  EXPECT_EQ(state(ControllerState::drain, {150, 0, 50, 0}).addresses, 50U);
  EXPECT_EQ(state(ControllerState::await_decision, {150, 30, 20, 0}).score, 50U);
}

TEST_F(CriticalPathTest, AFetchIsBoundByWhatTheControllerWaitsFor) {
  const PathCycles path = state(ControllerState::fetch_batch, {150, 20, 25, 5});
  EXPECT_EQ(path.controller, 20U);
  EXPECT_EQ(path.memory, 25U);
  EXPECT_EQ(path.addresses, 5U);
  EXPECT_EQ(path.total(), 50U);
  const PathCycles message = state(ControllerState::configure, {150, 20, 25, 5});
  EXPECT_EQ(message.controller, 25U) << "it waits for units that take its message";
  EXPECT_EQ(message.memory, 25U);
  const PathCycles load = state(ControllerState::load_input, {150, 20, 25, 5});
  EXPECT_EQ(load.controller, 20U);
  EXPECT_EQ(load.memory, 25U);
  EXPECT_EQ(load.input_buffer, 5U);
  const PathCycles finish = state(ControllerState::finish, {150, 1, 40, 9});
  EXPECT_EQ(finish.memory, 40U);
  EXPECT_EQ(finish.controller, 10U);
}

TEST_F(CriticalPathTest, WholeMapsGoFromLayerToLayer) {
  run(0, 102, 120);
  run(1, 120, 127);
  run(2, 127, 150);
  const PathCycles path = compute();
  EXPECT_EQ(path.input_buffer, 2U);
  EXPECT_EQ(path.layers, (Layers{18, 7, 23}));
}

TEST_F(CriticalPathTest, ALayerThatNeverWaitsBoundsAllItsTime) {
  run(0, 102, 130);
  run(1, 110, 145, 0);
  run(2, 112, 150, 9);  // done 5 cycles behind its source
  EXPECT_EQ(compute().layers, (Layers{8, 35, 5}));
}

TEST_F(CriticalPathTest, ALayerThatWaitsToTheEndBoundsNothing) {
  run(0, 102, 150);
  run(1, 105, 150, 30);
  run(2, 110, 150, 30);
  const PathCycles path = compute();
  EXPECT_EQ(path.input_buffer, 2U);
  EXPECT_EQ(path.layers, (Layers{48, 0, 0}));
}

TEST_F(CriticalPathTest, ASourceThatEndsAfterItsConsumersStartIsNotCountedTwice) {
  run(0, 102, 140);
  run(1, 120, 144, 3);  // waited: bounds 140 .. 144, but layer 2 is bound from 130 on
  run(2, 130, 150, 0);
  EXPECT_EQ(compute().layers, (Layers{28, 0, 20}));
}

/// Layer 3 adds the maps of layers 1 and 2, which both read layer 0; layer 4 reads the input too.
class CriticalPathOfBranches : public CriticalPathTest {
 protected:
  CriticalPathOfBranches()
      : CriticalPathTest({{kNetworkInput, kNoSource},
                          {0, kNoSource},
                          {0, kNoSource},
                          {1, 2},
                          {kNetworkInput, 3}}) {}
};

TEST_F(CriticalPathOfBranches, FollowTheOperandThatCameLast) {
  run(0, 102, 110);
  run(1, 110, 120);
  run(2, 110, 132);
  run(3, 132, 140);
  run(4, 140, 150);
  EXPECT_EQ(compute().layers, (Layers{8, 0, 22, 8, 10}));
  run(1, 110, 132);  // together: the first operand
  EXPECT_EQ(compute().layers, (Layers{8, 22, 0, 8, 10}));
}

TEST_F(CriticalPathOfBranches, ThePathsOfRunsAddUp) {
  PathCycles sum;
  run(0, 102, 110);
  run(2, 110, 132);
  run(3, 132, 140);
  run(4, 140, 150);
  sum += compute();
  sum += compute();
  sum += state(ControllerState::drain);
  EXPECT_EQ(sum.layers, (Layers{16, 0, 44, 16, 20}));
  EXPECT_EQ(sum.addresses, 50U);
  EXPECT_EQ(sum.total(), 150U);
}

}  // namespace
}  // namespace airnn::test
