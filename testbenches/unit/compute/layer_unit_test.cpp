// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/layer_unit.h"

#include <algorithm>

#include "testbenches/support/sim_test.h"
#include "testbenches/unit/compute/layer_bench.h"

namespace airnn::test {
namespace {

LayerBenchSettings random_settings(LayerGenerator& random) {
  LayerBenchSettings settings;
  settings.parallelism = {std::max(1, random.pick(-3, 6)), std::max(0, random.pick(-3, 5)),
                          std::max(0, random.pick(-20, 40))};
  settings.handoff = random.pick(0, 1) == 0 ? Handoff::map : Handoff::row;
  settings.skips_zero_kernels = random.pick(0, 3) != 0;
  settings.consumers = static_cast<unsigned>(random.pick(1, 3));
  settings.consumer_stall_percent = random.pick(0, 2) == 0 ? 0 : 99;
  return settings;
}

class LayerUnitTest : public SimTest, public testing::WithParamInterface<unsigned> {
 protected:
  static constexpr Cycle kLoaded = 4000;  ///< weights are placed before this cycle

  void build() {
    drawn_ = random_.draw(random_.kind());
    bench_ = std::make_unique<LayerBench>("bench", drawn_, random_settings(random_), clock_);
    if (drawn_.layer.has_weights()) {
      bench_->send_parameters(16);
    }
  }

  std::vector<Cycle> rows(std::int32_t count, Cycle from) {
    std::vector<Cycle> ready;
    for (std::int32_t row = 0; row < count; ++row) {
      ready.push_back(from);
      if (bench_->settings.handoff == Handoff::row) {
        from += static_cast<Cycle>(random_.pick(0, 1) * random_.pick(0, 60));
      }
    }
    return ready;
  }

  /// Queues another map, and its second operand, for `cycle` on.
  void send_operands(Cycle cycle) {
    const RandomLayer& drawn = bench_->drawn;
    inputs_.push_back(random_.map(drawn.layer.input.size()));
    bench_->send_map(inputs_.back(), rows(drawn.layer.input.height, cycle + 1), cycle);
    skips_.emplace_back();
    sent_from_.emplace_back(cycle, cycle);
    if (bench_->skips != nullptr) {
      const Cycle later = cycle + static_cast<Cycle>(random_.pick(0, 30));
      sent_from_.back().second = later;
      skips_.back() = random_.map(drawn.layer.result.size());
      bench_->send_skip(skips_.back(), rows(drawn.layer.result.height, later + 1), later);
    }
  }

  /// Everything that run `n` must have done. `configured`: since when it waits for its map.
  void check(std::size_t n, Cycle configured);
  void check_counts(const LayerDone& done) const;

  LayerGenerator random_{GetParam()};
  RandomLayer drawn_;
  std::unique_ptr<LayerBench> bench_;
  std::vector<std::vector<std::int32_t>> inputs_;
  std::vector<std::vector<std::int32_t>> skips_;
  std::vector<std::pair<Cycle, Cycle>> sent_from_;  ///< map and second operand: not sent before
};

void LayerUnitTest::check(std::size_t n, Cycle configured) {
  SCOPED_TRACE("run " + std::to_string(n));
  const LayerBench& bench = *bench_;
  const LayerBench::Run& run = bench.runs[n];
  const Cycle before = n == 0 ? 0 : bench.runs[n - 1].done.finish;
  const Cycle ready = std::max(bench.operands_arrive(n), before);
  const Cycle taken = std::max(ready, bench.credit_back(n));
  const TwinRun due = bench.due(n, taken);
  EXPECT_EQ(run.done.start, due.start);
  EXPECT_EQ(run.done.finish, due.finish);
  EXPECT_EQ(run.done.slots, due.slots);
  EXPECT_EQ(run.spent.until, due.finish);
  EXPECT_EQ(
      (ActivityTwin{run.spent.working, run.spent.waiting_for_input, run.spent.waiting_for_credit}),
      (ActivityTwin{
          due.finish - due.start - due.stalled,
          (configured == kNever ? 0 : ready - configured) + (due.start - taken) + due.stalled,
          taken - ready}));
  const bool by_rows = bench.settings.handoff == Handoff::row;
  for (const auto& consumer : bench.consumers) {
    EXPECT_EQ(consumer->received().at(n).arrived, by_rows ? due.row_ready.front() : due.finish);
  }
  EXPECT_EQ(bench.output_rows.at(n), due.row_ready);
  if (n + 1 < bench.runs.size()) {
    // The input's slot is free again in the cycle in which the run is finished.
    EXPECT_EQ(bench.maps.sent().at(n + 1).cycle, std::max(due.finish, sent_from_[n + 1].first));
    if (bench.skips != nullptr) {
      EXPECT_EQ(bench.skips->sent().at(n + 1).cycle,
                std::max(due.finish, sent_from_[n + 1].second));
    }
  }
  RandomLayer operands = bench.drawn;
  operands.input = inputs_[n];
  operands.skip = skips_[n];
  EXPECT_EQ(bench.outputs.at(n), operands.expected_output());
  EXPECT_EQ(run.done.layer, 3U);
  EXPECT_EQ(run.done.stalled, due.stalled);
  EXPECT_EQ(run.done.input, n);
  check_counts(run.done);
}

void LayerUnitTest::check_counts(const LayerDone& done) const {
  const Layer& layer = bench_->drawn.layer;
  const auto count = [](std::int64_t value) { return static_cast<std::uint64_t>(value); };
  const std::uint64_t positions = count(std::int64_t{layer.result.height} * layer.result.width);
  const std::uint64_t second = layer.skip == kNoSource ? 0 : count(layer.result.size());
  EXPECT_EQ(done.counts[Action::feature_buffer_write], count(layer.output.size()));
  const bool pools = layer.pool != PoolKind::none;
  const std::uint64_t pooled =
      pools ? count(layer.output.size() * (layer.pool_window.area() - 1)) : 0;
  const std::uint64_t scalings = layer.pool == PoolKind::average ? count(layer.output.size()) : 0;
  EXPECT_EQ(done.counts[Action::multiplication], done.multiplications + scalings);
  EXPECT_EQ(done.counts[Action::idle_multiplication], done.idle_multiplications);
  if (!layer.has_weights()) {
    EXPECT_EQ(
        done.multiplications + done.idle_multiplications + done.counts[Action::weight_buffer_read],
        0U);
    EXPECT_EQ(done.multipliers, 0U);
    EXPECT_EQ(done.counts[Action::addition], second + pooled);
    return;
  }
  const ComputeParallelism& p = bench_->settings.parallelism;
  const bool neurons = layer.kind == LayerKind::fully_connected;
  const auto limited = [&](std::int64_t all, std::int64_t limit) {
    return count(limit == 0 ? all : std::min(all, limit));
  };
  const std::int64_t side_by_side =
      layer.kind == LayerKind::depthwise ? layer.kernels : layer.input.channels / layer.groups;
  const std::uint64_t multipliers = neurons
                                        ? limited(layer.columns, p.fc_multipliers)
                                        : count(std::int64_t{p.positions} * layer.window.area()) *
                                              limited(side_by_side, p.channels);
  const std::uint64_t tiles =
      neurons ? 1 : (positions + count(p.positions) - 1) / count(p.positions);
  const std::uint64_t weights = bench_->drawn.nonzero_weights();
  EXPECT_EQ(done.multipliers, multipliers);
  EXPECT_EQ(done.weights, weights);
  EXPECT_EQ(done.nonzero_kernels, bench_->drawn.nonzero_kernels());
  EXPECT_EQ(done.multiplications, weights * positions);
  EXPECT_EQ(done.multiplications + done.idle_multiplications, done.slots * multipliers);
  EXPECT_EQ(done.counts[Action::addition], done.multiplications + second + pooled);
  EXPECT_EQ(done.counts[Action::weight_buffer_read], weights * tiles);
  EXPECT_EQ(
      done.counts[Action::feature_buffer_read],
      (neurons ? count(layer.columns)
               : positions * count(std::int64_t{layer.window.area()} * layer.input.channels)) +
          second);
}

/// Iteration after iteration, as the controller leads them.
TEST_P(LayerUnitTest, RunsInTheTwinsCyclesWithTheRightValues) {
  build();
  std::vector<Cycle> configured;
  run([&] {
    wait_until(kLoaded);
    for (std::size_t n = 0; n < 4; ++n) {
      const Cycle t = clock_.now();
      bench_->control.send({ControlKind::configure, 0, 1});
      configured.push_back(t + 1);
      send_operands(t + 2 + static_cast<Cycle>(random_.pick(0, 50)));
      while (bench_->runs.size() <= n) {
        sc_core::wait(clock_.duration(1));
      }
      wait_until(bench_->runs[n].done.finish + static_cast<Cycle>(random_.pick(0, 20)));
    }
  });
  ASSERT_EQ(bench_->runs.size(), 4U);
  for (std::size_t n = 0; n < 4; ++n) {
    check(n, configured[n]);
  }
}

/// Maps that wait for the unit, consumers that hold it up.
TEST_P(LayerUnitTest, TakesMapsOneBehindTheOther) {
  build();
  run([&] {
    wait_until(kLoaded);
    for (std::size_t n = 0; n < 6; ++n) {
      send_operands(kLoaded);
    }
  });
  ASSERT_EQ(bench_->runs.size(), 6U);
  Cycle end = 0;
  for (std::size_t n = 0; n < 6; ++n) {
    check(n, kNever);
    const CyclesSpent& spent = bench_->runs[n].spent;
    // Nothing is counted twice.
    EXPECT_GE(spent.until - spent.working - spent.waiting_for_input - spent.waiting_for_credit,
              end);
    end = spent.until;
  }
}

/// Weights that come as trains give the same runs as single beats, input after input.
TEST_P(LayerUnitTest, TrainsOfWeightsEqualSingleBeats) {
  const LayerKind kinds[] = {LayerKind::convolution, LayerKind::depthwise,
                             LayerKind::fully_connected};
  drawn_ = random_.draw(kinds[GetParam() % 3]);
  LayerBenchSettings settings = random_settings(random_);
  settings.consumer_stall_percent = 0;
  LayerBench single("single", drawn_, settings, clock_);
  LayerBench trains("trains", drawn_, settings, clock_);
  run([&] {
    for (Cycle input = 0; input < 3; ++input) {
      for (LayerBench* bench : {&single, &trains}) {
        bench->control.send({ControlKind::reset, 0, 0});
      }
      wait_until(clock_.now() + 1);
      single.send_parameters(8);
      trains.push_parameter_trains(8);
      wait_until((input + 1) * 20000);
      for (LayerBench* bench : {&single, &trains}) {
        EXPECT_EQ(bench->unit.weights_placed(), drawn_.nonzero_weights());
        bench->send_map(drawn_.input, {}, clock_.now());
        if (bench->skips != nullptr) {
          bench->send_skip(drawn_.skip, {}, clock_.now());
        }
      }
      wait_until((input + 1) * 20000 + 10000);
    }
  });
  ASSERT_EQ(single.outputs.size(), 3U);
  EXPECT_EQ(single.outputs, std::vector<std::vector<std::int32_t>>(3, drawn_.expected_output()));
  EXPECT_EQ(trains.outputs, single.outputs);
  ASSERT_EQ(trains.runs.size(), 3U);
  for (std::size_t n = 0; n < 3; ++n) {
    EXPECT_EQ(trains.runs[n].done.start, single.runs[n].done.start);
    EXPECT_EQ(trains.runs[n].done.finish, single.runs[n].done.finish);
    EXPECT_EQ(trains.runs[n].done.weights, drawn_.nonzero_weights());
  }
}

/// A name of the first item does not name the words behind it: they lie where others lay before.
TEST_P(LayerUnitTest, TrainsAreNamedOnlyIfAllTheirItemsAre) {
  do {
    drawn_ = random_.draw(LayerKind::fully_connected);
  } while (drawn_.nonzero_weights() < 2);
  LayerBench bench("bench", drawn_, {}, clock_);
  const std::vector<PlacedWord> biases = drawn_.bias_words();
  std::vector<PlacedWord> words = drawn_.weight_words();
  const auto push = [&](const std::vector<PlacedWord>& all, ContentId name_of_first) {
    const auto half = static_cast<std::uint32_t>(all.size() / 2);
    const auto rest = static_cast<std::uint32_t>(all.size()) - half;
    const Train<PlacedWeights> train = {{2, {all.data(), half, name_of_first, 0, 0}},
                                        {3, {all.data() + half, rest, 0, half, 0}}};
    const Cycle credit =
        bench.weights->out.push_all(std::make_shared<const Train<PlacedWeights>>(train));
    sc_core::wait(clock_.until(credit + 1));
  };
  std::vector<std::vector<std::int32_t>> due;
  run([&] {
    for (std::int32_t round = 0; round < 4; ++round) {
      bench.control.send({ControlKind::reset, 0, 0});
      wait_until(clock_.now() + 1);
      if (round == 0) {
        push(biases, 0);
      }
      RandomLayer changed = drawn_;
      const auto columns = static_cast<std::uint32_t>(drawn_.layer.columns);
      const std::uint32_t slot = words.back().slot;
      words.back().value = round % 2 == 0 ? 1 : 100;
      changed.weights[slot / (columns + 2) * columns + slot % (columns + 2)] = words.back().value;
      due.push_back(changed.expected_output());
      push(words, 5);
      const Cycle begin = static_cast<Cycle>(round + 1) * 20000;
      wait_until(begin);
      bench.send_map(drawn_.input, {}, clock_.now());
      if (bench.skips != nullptr) {
        bench.send_skip(drawn_.skip, {}, clock_.now());
      }
      wait_until(begin + 10000);
    }
  });
  EXPECT_EQ(bench.outputs, due);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LayerUnitTest, testing::Range(0U, 12U));

}  // namespace
}  // namespace airnn::test
