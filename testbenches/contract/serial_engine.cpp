// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/serial_engine.h"

#include <algorithm>

#include "testbenches/contract/odd_plus_one.h"
#include "testbenches/contract/serial_pins.h"

namespace airnn::test {

namespace {

/// Multiplier, then adder with bias, activation and pooling.
constexpr Cycle kDepth = 3;

std::uint64_t words_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}

std::int32_t last_row(const Window& window, std::int32_t row, std::int32_t height) {
  return std::clamp(row * window.stride_h - window.pad_top + window.kernel_h - 1, 0, height - 1);
}

/// Since when the operands of a row of the result are there.
Cycle operands_ready(const Layer& layer, const OperandTimes& times, std::int32_t row) {
  std::int32_t last = layer.input.height - 1;
  if (layer.kind == LayerKind::convolution || layer.kind == LayerKind::depthwise) {
    last = last_row(layer.window, row, layer.input.height);
  } else if (layer.kind == LayerKind::pooling) {
    last = last_row(layer.pool_window, row, layer.input.height);
  } else if (layer.kind == LayerKind::addition) {
    last = row;
  }
  const Cycle map = *std::max_element(times.map_rows, times.map_rows + last + 1);
  return times.skip_rows == nullptr
             ? map
             : std::max(map, *std::max_element(times.skip_rows, times.skip_rows + row + 1));
}

}  // namespace

SerialEngine::SerialEngine(const EngineParams& params)
    : params_(params),
      arithmetic_(params.layer, params.input_format, params.skip_format, *params_.product) {}

LayerRun SerialEngine::schedule(const LayerOperands& operands, const OperandTimes& times,
                                std::vector<IssueRun>* issues) const {
  const Layer& layer = params_.layer;
  const std::int32_t height = layer.result.height;
  const std::uint64_t per_row = words_of(layer.result.width) *
                                (operands.kernels == nullptr ? 1 : operands.kernels->weights());
  const bool by_rows = params_.handoff == Handoff::row;
  LayerRun run;
  run.start = std::max(times.earliest, operands_ready(layer, times, by_rows ? 0 : height - 1));
  Cycle next = run.start;
  std::vector<Cycle> ready;
  for (std::int32_t row = 0; row < height; ++row) {
    next = std::max(next, operands_ready(layer, times, row));
    if (issues != nullptr && per_row > 0) {
      issues->push_back({next, run.slots, per_row});
    }
    next += per_row;
    run.slots += per_row;
    ready.push_back(next + kDepth);
  }
  run.stalled = next - run.start - run.slots;
  const bool is_pooled = layer.pool != PoolKind::none && layer.kind != LayerKind::pooling;
  for (std::int32_t row = 0; row < layer.output.height; ++row) {
    run.row_ready.push_back(ready[static_cast<std::size_t>(
        is_pooled ? last_row(layer.pool_window, row, height) : row)]);
  }
  const Cycle read = std::max(times.map_rows[layer.input.height - 1],
                              times.skip_rows == nullptr ? 0 : times.skip_rows[height - 1]);
  run.finish = std::max(ready.back(), read);
  run.stalled += run.finish - ready.back();
  run.row_ready.back() = run.finish;
  return run;
}

LayerOutput SerialEngine::values(const LayerOperands& operands) {
  const std::vector<std::int32_t>& map =
      arithmetic_.compute(operands.kernels, operands.map, operands.skip);
  return {&map, arithmetic_.saturated()};
}

LayerWork SerialEngine::work(const LayerOperands& operands, const LayerRun& run) const {
  const Layer& layer = params_.layer;
  LayerWork work;
  if (operands.kernels != nullptr) {
    work.multipliers = 1;
    work.nonzero_kernels = work.groups = operands.kernels->nonzero_kernels();
    work.weights = operands.kernels->weights();
    work.multiplications = run.slots;
    work.counts[{Action::multiplication, params_.product->price_class()}] = run.slots;
    work.counts[Action::addition] = work.counts[Action::weight_buffer_read] =
        work.counts[Action::feature_buffer_read] = run.slots;
  }
  work.counts[Action::feature_buffer_read] += words_of(layer.input.size());
  if (layer.skip != kNoSource) {
    work.counts[Action::addition] += words_of(layer.result.size());
    work.counts[Action::feature_buffer_read] += words_of(layer.result.size());
  }
  if (layer.pool != PoolKind::none) {
    work.counts[Action::addition] += words_of(layer.output.size() * (layer.pool_window.area() - 1));
    work.counts[Action::multiplication] +=
        layer.pool == PoolKind::average ? words_of(layer.output.size()) : 0;
  }
  work.counts[Action::feature_buffer_write] = words_of(layer.output.size());
  return work;
}

std::unique_ptr<EnginePins> SerialEngine::pins() const {
  if (params_.layer.kind != LayerKind::convolution) {
    return nullptr;
  }
  return std::make_unique<SerialPins>(params_);
}

EngineTable extended_engines() {
  EngineTable table = built_in_engines();
  table.engines.push_back({"serial", [](const EngineParams& params) {
                             return std::make_unique<SerialEngine>(params);
                           }});
  table.products.push_back({"odd_plus_one", [] { return std::make_shared<const OddPlusOne>(); }});
  return table;
}

}  // namespace airnn::test
