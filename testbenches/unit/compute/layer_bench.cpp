// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/compute/layer_bench.h"

#include <algorithm>

#include "hw/compute/engine_table.h"

namespace airnn::test {

namespace {

LayerUnitParams unit_params(const RandomLayer& drawn, const LayerBenchSettings& settings) {
  LayerUnitParams params;
  params.index = 3;
  params.delivers_rows = settings.handoff == Handoff::row;
  EngineParams& compute = params.compute;
  compute.layer = drawn.layer;
  compute.input_format = drawn.input_format;
  compute.skip_format = drawn.skip_format;
  compute.parallelism = settings.parallelism;
  compute.handoff = settings.handoff;
  compute.skips_zero_kernels = settings.skips_zero_kernels;
  compute.policy = settings.policy;
  compute.blocks = settings.blocks;
  return params;
}

}  // namespace

LayerBench::LayerBench(const sc_core::sc_module_name& module_name, const RandomLayer& drawn_layer,
                       const LayerBenchSettings& chosen, const ClockDomain& clock)
    : sc_module(module_name),
      drawn(drawn_layer),
      settings(chosen),
      unit("unit", unit_params(drawn, settings), clock, settings.consumers,
           make_engine(built_in_engines(), {}, unit_params(drawn, settings).compute)),
      control("control", clock, 4),
      maps("maps", clock, 1),
      clock_(clock),
      biases_(drawn.bias_words()),
      words_(drawn.weight_words()) {
  control.out.bind(unit.in_control);
  maps.out.bind(unit.in_map);
  if (drawn.layer.has_weights()) {
    weights = std::make_unique<StreamSource<PlacedWeights>>("weights", clock, 4, 2);
    weights->out.bind(unit.in_weights[0]);
  }
  if (!drawn.skip.empty()) {
    skips = std::make_unique<StreamSource<FeatureMap>>("skips", clock, 1);
    skips->out.bind(unit.in_skip[0]);
  }
  for (unsigned i = 0; i < settings.consumers; ++i) {
    consumers.push_back(std::make_unique<StreamSink<FeatureMap>>(
        ("consumer" + std::to_string(i)).c_str(), clock,
        StallPolicy::random(i + 1, settings.consumer_stall_percent)));
    unit.out_maps[i].bind(consumers.back()->in);
  }
  consumers[0]->on_item.listen([this](const StreamSink<FeatureMap>::Received& received) {
    const FeatureMap& map = received.item;
    outputs.emplace_back(map.data, map.data + drawn.layer.output.size());
    output_rows.emplace_back(map.row_ready, map.row_ready + map.rows);
  });
  unit.on_done.listen([this](const LayerDone& done) { runs.back().done = done; });
  unit.on_cycles.listen([this](const CyclesSpent& spent) { runs.push_back({{}, spent}); });
}

void LayerBench::send_parameters(std::uint32_t lanes) {
  for (const std::vector<PlacedWord>* list : {&biases_, &words_}) {
    for (std::size_t first = 0; first < list->size(); first += lanes) {
      const auto count =
          static_cast<std::uint32_t>(std::min<std::size_t>(lanes, list->size() - first));
      weights->send({list->data() + first, count, 0, first});
    }
  }
}

void LayerBench::push_parameter_trains(std::uint32_t lanes) {
  const std::size_t half = words_.size() / 2;
  push_train(biases_.data(), biases_.size(), lanes, 0);
  push_train(words_.data(), half, lanes, 1);
  push_train(words_.data() + half, words_.size() - half, lanes, 2);
}

void LayerBench::push_train(const PlacedWord* words, std::size_t count, std::uint32_t lanes,
                            ContentId content) {
  Train<PlacedWeights> beats;
  for (std::size_t first = 0; first < count; first += lanes) {
    const auto some = static_cast<std::uint32_t>(std::min<std::size_t>(lanes, count - first));
    beats.push_back({2 + beats.size(), {words + first, some, content, first}});
  }
  if (beats.empty()) {
    return;
  }
  MODEL_CHECK(weights->out.takes_trains(), name(), "the unit takes no train");
  const Cycle credit =
      weights->out.push_all(std::make_shared<const Train<PlacedWeights>>(std::move(beats)));
  sc_core::wait(clock_.until(credit + 1));
}

void LayerBench::send(StreamSource<FeatureMap>& to, std::deque<Operand>& kept,
                      const Operand& operand, Cycle not_before) {
  kept.push_back(operand);
  to.send({kept.back().map.data(), kept.back().ready.data(),
           static_cast<std::uint32_t>(operand.ready.size()),
           static_cast<std::uint32_t>(kept.size() - 1), 1},
          not_before);
}

void LayerBench::send_map(const std::vector<std::int32_t>& map, std::vector<Cycle> ready,
                          Cycle not_before) {
  ready.resize(static_cast<std::size_t>(drawn.layer.input.height), 0);
  send(maps, inputs_, {map, std::move(ready)}, not_before);
}

void LayerBench::send_skip(const std::vector<std::int32_t>& map, std::vector<Cycle> ready,
                           Cycle not_before) {
  ready.resize(static_cast<std::size_t>(drawn.layer.result.height), 0);
  send(*skips, skip_inputs_, {map, std::move(ready)}, not_before);
}

TwinRun LayerBench::due(std::size_t n, Cycle earliest) const {
  const ComputeParallelism& p = settings.parallelism;
  const TwinUnit twin{p.positions, p.channels, p.fc_multipliers, settings.handoff == Handoff::row,
                      settings.blocks};
  std::uint64_t kernels = settings.skips_zero_kernels
                              ? drawn.nonzero_kernels()
                              : static_cast<std::uint64_t>(drawn.layer.kernels);
  if (n < groups.size() && groups[n] != nullptr) {
    kernels = groups[n]->size();
  }
  return run_layer_twin(drawn.layer, twin, earliest, kernels, inputs_[n].ready,
                        skips == nullptr ? std::vector<Cycle>() : skip_inputs_[n].ready);
}

Cycle LayerBench::operands_arrive(std::size_t n) const {
  const Cycle map = maps.sent().at(n).cycle + 1;
  return skips == nullptr ? map : std::max(map, skips->sent().at(n).cycle + 1);
}

Cycle LayerBench::credit_back(std::size_t n) const {
  Cycle back = 0;
  for (const auto& consumer : consumers) {
    back = std::max(back, n == 0 ? 0 : consumer->received().at(n - 1).popped + 1);
  }
  return back;
}

}  // namespace airnn::test
