// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/run_recorder.h"

#include <gtest/gtest.h>

#include "sw/format/network.h"

namespace airnn::test {
namespace {

/// Two layers with 100 and 10 weights, four classes, two iterations; boot took 50 cycles.
class RunRecorderTest : public testing::Test {
 protected:
  RunRecorderTest() {
    unit_ = recorder_.add_unit("unit");
    recorder_.spent(unit_, {40, 30, 5, 1});
    recorder_.fetched({0, 49, ControllerState::boot, 0, 0, {3, 0, 0, 0}, 14, 2});
    enter(50, ControllerState::idle, 0);
  }

  void enter(Cycle cycle, ControllerState state, std::uint32_t iteration) {
    recorder_.entered({cycle, state, 0, iteration});
  }
  void fetch(ControllerState state, std::uint32_t iteration, std::uint64_t values,
             std::uint64_t words) {
    recorder_.fetched({0, 0, state, 0, iteration, {values, 2, 1, 1}, words, 1});
  }
  /// One iteration: fetch 20 + 6 + 1, compute 30, score 8 cycles.
  void iterate(Cycle from, std::uint32_t iteration) {
    enter(from, ControllerState::fetch_batch, iteration);
    fetch(ControllerState::fetch_batch, iteration, 10, 33);
    enter(from + 20, ControllerState::drain, iteration);
    enter(from + 26, ControllerState::configure, iteration);
    enter(from + 27, ControllerState::compute, iteration);
    LayerDone done;
    done.start = from + 30;
    done.finish = from + 50;
    done.layer = 1;
    done.iteration = iteration;
    done.multipliers = 10;
    done.nonzero_kernels = 3;
    done.groups = 2;
    done.slots = 12;
    done.weights = 9;
    done.multiplications = 90;
    done.idle_multiplications = 30;
    done.counts[Action::multiplication] = 5;
    done.counts[{Action::multiplication, "own"}] = 90;
    done.counts[Action::addition] = 91 + 14;
    done.counts[Action::weight_buffer_read] = 18;
    done.counts[Action::feature_buffer_read] = 70;
    done.counts[Action::feature_buffer_write] = 7;
    done.counts[Action::idle_multiplication] = 30;
    recorder_.computed(done);
    enter(from + 57, ControllerState::await_decision, iteration);
    recorder_.decided({from + 65, 1234 + iteration, 2, false, 0, iteration});
  }
  void classify() {
    enter(60, ControllerState::reset_buffers, 1);
    recorder_.reset({61, 0, 0});
    recorder_.reset({61, 1, 0});
    enter(61, ControllerState::load_input, 1);
    recorder_.fetched({61, 90, ControllerState::load_input, 0, 1, {4, 0, 0, 0}, 0, 4});
    iterate(91, 1);
    iterate(156, 2);
    enter(221, ControllerState::finish, 2);
    recorder_.spent(unit_, {168, 11, 12, 13});  // 36 cycles, 24 of them in the first iteration
    recorder_.done({60, 222, 0, 2, 2});
    enter(222, ControllerState::idle, 0);
  }

  RunRecorder recorder_{RecordedMachine{2,
                                        {100, 10},
                                        49,
                                        4,
                                        {{kNetworkInput, kNoSource}, {0, kNoSource}},
                                        usual_actions_and({{Action::multiplication, "own"}})}};
  std::size_t unit_ = 0;
};

TEST_F(RunRecorderTest, KeepsTheBootApart) {
  classify();
  const RunRecord& record = recorder_.record();
  EXPECT_EQ(record.boot_cycles, 50U);
  EXPECT_EQ(record.boot_counts.dram_reads, 3U);
  EXPECT_EQ(record.boot_counts.words_placed, 14U);
  ASSERT_EQ(record.units.size(), 1U);
  EXPECT_EQ(record.boot_units[0].name, "unit");
  EXPECT_EQ(record.boot_units[0].working, 30U);
  EXPECT_EQ(record.units[0].name, "unit");
  EXPECT_EQ(record.units[0].working, 11U);
  EXPECT_EQ(record.units[0].waiting_for_input, 12U);
  EXPECT_EQ(record.units[0].waiting_for_credit, 13U);
}

TEST_F(RunRecorderTest, GivesEveryCycleToAPhaseOfAnIteration) {
  classify();
  const auto& iterations = recorder_.record().iterations;
  EXPECT_EQ(iterations[0].cycles.load, 1U + 30);
  EXPECT_EQ(iterations[1].cycles.load, 0U);
  for (const IterationRecord& iteration : iterations) {
    EXPECT_EQ(iteration.cycles.fetch, 27U);
    EXPECT_EQ(iteration.cycles.compute, 30U);
    EXPECT_EQ(iteration.cycles.score, 8U);
    EXPECT_EQ(iteration.inputs_run, 1U);
  }
  EXPECT_EQ(iterations[1].cycles.finish, 1U);
  EXPECT_EQ(iterations[0].stopped, 0U);
  EXPECT_EQ(iterations[1].stopped, 1U);
  EXPECT_EQ(recorder_.record().total_cycles(), 50U + 162);
  EXPECT_EQ(recorder_.record().inputs.at(0).cycles, 162U);
}

TEST_F(RunRecorderTest, CountsWhatHappenedInItsIteration) {
  classify();
  const Counts& first = recorder_.record().iterations[0].counts;
  EXPECT_EQ(first[Action::dram_value_word], 160U);
  EXPECT_EQ(first[Action::dram_index_word], 64U);
  EXPECT_EQ(first[Action::dram_input_word], 64U);
  EXPECT_EQ(first.dram_reads, 10U + 4 + 4);
  EXPECT_EQ(first[Action::feature_buffer_write], 49U + 7) << "input map and output map";
  EXPECT_EQ(first[Action::buffer_reset_bit], 110U);
  EXPECT_EQ(first[Action::address_calculation], 33U);
  EXPECT_EQ(first[Action::weight_buffer_write], 33U);
  const Counts& second = recorder_.record().iterations[1].counts;
  EXPECT_EQ(second.dram_reads, 14U);
  EXPECT_EQ(second[Action::dram_input_word], 0U);
  EXPECT_EQ(second[Action::buffer_reset_bit], 0U);
  EXPECT_EQ(second[Action::multiplication], 5U);
  const PricedAction own{Action::multiplication, "own"};
  EXPECT_EQ(second[own], 90U);
  EXPECT_EQ(second[Action::addition], 91U + 14);
  EXPECT_EQ(second[Action::weight_buffer_read], 18U);
  EXPECT_EQ(second[Action::feature_buffer_read], 70U);
  EXPECT_EQ(second[Action::feature_buffer_write], 7U);
  EXPECT_EQ(second[Action::score_class], 4U);
  EXPECT_EQ(second[Action::idle_multiplication], 30U);
}

TEST_F(RunRecorderTest, SplitsTheCyclesOfUnitsByIterations) {
  classify();
  const UnitRecord& first = recorder_.record().iterations[0].units.at(0);
  const UnitRecord& second = recorder_.record().iterations[1].units.at(0);
  EXPECT_EQ(first.waiting_for_input, 12U);
  EXPECT_EQ(first.waiting_for_credit, 12U);
  EXPECT_EQ(first.working, 0U);
  EXPECT_EQ(second.waiting_for_credit, 1U);
  EXPECT_EQ(second.working, 11U);
}

TEST_F(RunRecorderTest, ThePathOfAnIterationIsAsLongAsIt) {
  classify();
  for (const IterationRecord& iteration : recorder_.record().iterations) {
    EXPECT_EQ(iteration.critical_path.total(), iteration.cycles.total());
    EXPECT_EQ(iteration.critical_path.layers.at(1), 27U) << "from its start to the decision's";
    EXPECT_EQ(iteration.critical_path.score, 8U);
  }
}

TEST_F(RunRecorderTest, AnInputHasItsScoresAndTheSumOfItsIterations) {
  classify();
  const InputRecord& input = recorder_.record().inputs.at(0);
  EXPECT_EQ(input.iterations, 2U);
  EXPECT_EQ(input.prediction, 2U);
  EXPECT_EQ(input.scores, (std::vector<std::int64_t>{1235, 1236}));
  EXPECT_EQ(input.predictions, (std::vector<std::uint32_t>{2, 2}));
  EXPECT_EQ(input.counts.dram_reads, 32U);
  EXPECT_EQ(input.counts.total(Action::multiplication), 190U);
}

TEST_F(RunRecorderTest, LayersKeepOneRunAndSumTheirWork) {
  classify();
  const LayerRecord& layer = recorder_.record().layers.at(1).at(0);
  EXPECT_EQ(layer.nonzero_kernels, 3U);
  EXPECT_EQ(layer.groups, 2U);
  EXPECT_EQ(layer.weights, 9U);
  EXPECT_EQ(layer.compute_cycles, 20U);
  EXPECT_EQ(layer.multipliers, 10U);
  EXPECT_EQ(layer.slots, 12U);
  EXPECT_EQ(layer.multiplications, 90U);
  EXPECT_EQ(layer.idle_multiplications, 30U);
  EXPECT_EQ(recorder_.record().layers.at(0).at(0).slots, 0U);
}

}  // namespace
}  // namespace airnn::test
