// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "hw/compute/layer_unit.h"
#include "testbenches/reference/activity_twin.h"
#include "testbenches/reference/layer_twin.h"
#include "testbenches/support/stream_sink.h"
#include "testbenches/support/stream_source.h"
#include "testbenches/unit/compute/random_layer.h"

namespace airnn::test {

/// How the unit under test is built and how its surroundings behave.
struct LayerBenchSettings {
  ComputeParallelism parallelism;
  Handoff handoff = Handoff::map;
  bool skips_zero_kernels = true;
  InterleavePolicy policy = InterleavePolicy::block;
  std::uint32_t blocks = 1;
  unsigned consumers = 1;
  unsigned consumer_stall_percent = 0;
};

/// A layer unit between sources and consumers. Everything it told is kept.
class LayerBench final : public sc_core::sc_module {
 public:
  struct Run {
    LayerDone done;
    CyclesSpent spent;
  };

  LayerBench(const sc_core::sc_module_name& name, const RandomLayer& drawn,
             const LayerBenchSettings& settings, const ClockDomain& clock);

  /// Biases and weights, beat by beat of `lanes` words, one per cycle.
  void send_parameters(std::uint32_t lanes);
  /// The same as trains, a body at a time: biases, then the weights in two batches with names.
  void push_parameter_trains(std::uint32_t lanes);
  /// A map whose rows become readable at `ready`, or all when it arrives.
  void send_map(const std::vector<std::int32_t>& map, std::vector<Cycle> ready, Cycle not_before);
  void send_skip(const std::vector<std::int32_t>& map, std::vector<Cycle> ready, Cycle not_before);

  /// What the twin says of run `n`, if the unit could start in `earliest`.
  TwinRun due(std::size_t n, Cycle earliest) const;
  /// First cycle in which operands of run `n` are there.
  Cycle operands_arrive(std::size_t n) const;
  /// First cycle in which every consumer has a free buffer for run `n`.
  Cycle credit_back(std::size_t n) const;

  const RandomLayer drawn;
  const LayerBenchSettings settings;
  LayerUnit unit;
  StreamSource<ControlMessage> control;
  std::unique_ptr<StreamSource<PlacedWeights>> weights;
  StreamSource<FeatureMap> maps;
  std::unique_ptr<StreamSource<FeatureMap>> skips;
  std::vector<std::unique_ptr<StreamSink<FeatureMap>>> consumers;
  std::vector<Run> runs;
  /// What the test configured run by run; missing or null: one kernel per slot.
  std::vector<const KernelGroups*> groups;
  /// Output maps as consumer 0 saw them when it took them.
  std::vector<std::vector<std::int32_t>> outputs;
  std::vector<std::vector<Cycle>> output_rows;

 private:
  struct Operand {
    std::vector<std::int32_t> map;
    std::vector<Cycle> ready;
  };
  static void send(StreamSource<FeatureMap>& to, std::deque<Operand>& kept, const Operand& operand,
                   Cycle not_before);

  /// Waits until the last slot is back.
  void push_train(const PlacedWord* words, std::size_t count, std::uint32_t lanes,
                  ContentId content);

  const ClockDomain& clock_;
  std::vector<PlacedWord> biases_;
  std::vector<PlacedWord> words_;
  std::deque<Operand> inputs_;
  std::deque<Operand> skip_inputs_;
};

}  // namespace airnn::test
