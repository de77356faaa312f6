// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/engine_contract.h"

#include <algorithm>
#include <random>

#include "testbenches/unit/compute/interleaved_layer.h"

namespace airnn::test {

namespace {

/// Cycles from which the rows of both operands are readable.
struct Times {
  Cycle earliest = 0;
  std::vector<Cycle> map;
  std::vector<Cycle> skip;

  OperandTimes of() const { return {earliest, map.data(), skip.empty() ? nullptr : skip.data()}; }
  Times later(Cycle by) const {
    Times times = *this;
    times.earliest += by;
    for (std::vector<Cycle>* rows : {&times.map, &times.skip}) {
      for (Cycle& row : *rows) {
        row += by;
      }
    }
    return times;
  }
};

Times draw_times(const EngineCase& drawn, std::mt19937& random) {
  Times times;
  times.earliest = 100 + random() % 100;
  const auto rows = [&](std::int32_t count) {
    std::vector<Cycle> ready;
    Cycle from = random() % 300;
    for (std::int32_t row = 0; row < count; ++row) {
      from += random() % 2 == 0 ? 0 : random() % 90;
      ready.push_back(from);
    }
    return ready;
  };
  times.map = rows(drawn.params.layer.input.height);
  if (!drawn.drawn.skip.empty()) {
    times.skip = rows(drawn.params.layer.result.height);
  }
  return times;
}

std::int32_t last_window_row(const Window& window, std::int32_t row, std::int32_t height) {
  return std::clamp(row * window.stride_h - window.pad_top + window.kernel_h - 1, 0, height - 1);
}

/// Since when everything that an output row is made of is there.
Cycle made_of(const Layer& layer, const Times& times, std::int32_t row) {
  std::int32_t result = row;
  std::int32_t input = row;
  if (layer.pool != PoolKind::none && layer.kind != LayerKind::pooling) {
    result = last_window_row(layer.pool_window, row, layer.result.height);
  }
  switch (layer.kind) {
    case LayerKind::convolution:
    case LayerKind::depthwise:
      input = last_window_row(layer.window, result, layer.input.height);
      break;
    case LayerKind::fully_connected:
      input = layer.input.height - 1;
      break;
    case LayerKind::pooling:
      input = last_window_row(layer.pool_window, row, layer.input.height);
      break;
    case LayerKind::addition:
      input = result;
      break;
  }
  Cycle ready = *std::max_element(times.map.begin(), times.map.begin() + input + 1);
  if (!times.skip.empty()) {
    ready = std::max(ready, *std::max_element(times.skip.begin(), times.skip.begin() + result + 1));
  }
  return ready;
}

std::string broken_issues(const LayerRun& run, const std::vector<IssueRun>& issues) {
  std::uint64_t slots = 0;
  Cycle free = run.start;
  for (const IssueRun& issue : issues) {
    if (issue.slots == 0 || issue.slot != slots) {
      return "slots are not numbered one after the other";
    }
    if (issue.begin < free) {
      return "a slot is issued before the run starts, or beside another";
    }
    slots += issue.slots;
    free = issue.begin + issue.slots;
  }
  if (slots != run.slots) {
    return "issued are " + std::to_string(slots) + " slots of " + std::to_string(run.slots);
  }
  if (slots > 0 && issues.front().begin != run.start) {
    return "the first slot is not the start";
  }
  return free > run.finish ? "slots are issued behind the finish" : "";
}

std::string broken_rows(const LayerRun& run, const Layer& layer, const Times& times) {
  if (run.row_ready.size() != static_cast<std::size_t>(layer.output.height)) {
    return "there are " + std::to_string(run.row_ready.size()) + " output rows";
  }
  for (std::int32_t row = 0; row < layer.output.height; ++row) {
    const Cycle ready = run.row_ready[static_cast<std::size_t>(row)];
    if (ready <= made_of(layer, times, row)) {
      return "row " + std::to_string(row) + " is there before what it is made of";
    }
  }
  if (!std::is_sorted(run.row_ready.begin(), run.row_ready.end())) {
    return "a row is there before the one above it";
  }
  return run.row_ready.back() == run.finish ? "" : "the last row is not the finish";
}

std::string difference(const LayerRun& one, const LayerRun& other) {
  const bool same = one.start == other.start && one.finish == other.finish &&
                    one.slots == other.slots && one.stalled == other.stalled &&
                    one.row_ready == other.row_ready;
  return same ? "" : "another run";
}

}  // namespace

LayerOperands EngineCase::operands() const {
  LayerOperands operands;
  operands.kernels = params.layer.has_weights() ? &kernels : nullptr;
  operands.groups = groups.empty() ? nullptr : &groups;
  operands.map = drawn.input.data();
  operands.skip = drawn.skip.empty() ? nullptr : drawn.skip.data();
  return operands;
}

EngineCase draw_case(unsigned seed) {
  LayerGenerator random(seed);
  EngineCase result;
  if (seed % 2 == 0) {
    const auto policy = static_cast<InterleavePolicy>(seed / 2 % 3);
    const InterleavedLayer layer = draw_interleaved(seed, policy);
    result.drawn = layer.drawn;
    result.params = layer.params;
    result.groups = layer.groups;
    // With a tree for each tag there are no blocks.
    result.params.blocks = policy == InterleavePolicy::position ? 1 : layer.params.blocks;
  } else {
    result.drawn = random.draw(random.kind());
    result.params.layer = result.drawn.layer;
    result.params.input_format = result.drawn.input_format;
    result.params.skip_format = result.drawn.skip_format;
    result.params.parallelism = {std::max(1, random.pick(-3, 6)), std::max(0, random.pick(-3, 5)),
                                 std::max(0, random.pick(-20, 40))};
    result.params.skips_zero_kernels = random.pick(0, 3) != 0;
  }
  result.params.handoff = random.pick(0, 1) == 0 ? Handoff::map : Handoff::row;
  if (result.params.layer.has_weights()) {
    result.kernels =
        kernels_of(result.drawn, result.params.layer.kind == LayerKind::fully_connected);
  }
  return result;
}

std::string broken_schedule(const LayerEngine& engine, const EngineCase& drawn, unsigned seed) {
  std::mt19937 random(seed);
  const Layer& layer = drawn.params.layer;
  const Times times = draw_times(drawn, random);
  std::vector<IssueRun> issues;
  const LayerRun run = engine.schedule(drawn.operands(), times.of(), &issues);
  const Cycle map = *std::max_element(times.map.begin(), times.map.end());
  const Cycle skip =
      times.skip.empty() ? 0 : *std::max_element(times.skip.begin(), times.skip.end());
  if (run.start < times.earliest || (drawn.params.handoff == Handoff::map &&
                                     run.start < made_of(layer, times, layer.output.height - 1))) {
    return "it starts before it may";
  }
  if (run.finish < run.start + run.stalled + run.slots) {
    return "slots and stalls do not fit between start and finish";
  }
  if (run.finish < std::max(map, skip)) {
    return "it ends before what it reads is there";
  }
  for (const std::string& broken : {broken_issues(run, issues), broken_rows(run, layer, times)}) {
    if (!broken.empty()) {
      return broken;
    }
  }
  if (!difference(engine.schedule(drawn.operands(), times.of(), nullptr), run).empty()) {
    return "a run that is not asked for its slots is another";
  }
  LayerRun later = engine.schedule(drawn.operands(), times.later(1000).of(), nullptr);
  later.start -= 1000;
  later.finish -= 1000;
  for (Cycle& row : later.row_ready) {
    row -= 1000;
  }
  return difference(later, run).empty() ? "" : "a later run is another";
}

std::string broken_work(const LayerEngine& engine, const EngineCase& drawn) {
  std::mt19937 random(1);
  const Layer& layer = drawn.params.layer;
  const LayerRun run = engine.schedule(drawn.operands(), draw_times(drawn, random).of(), nullptr);
  const LayerWork work = engine.work(drawn.operands(), run);
  std::uint64_t multiplications = 0;
  std::uint64_t pooled = 0;
  for (const std::int32_t weight : drawn.drawn.weights) {
    for (std::int32_t place = 0; place < layer.result.height * layer.result.width; ++place) {
      multiplications += weight != 0 ? 1 : 0;
    }
  }
  for (std::int64_t output = 0; layer.pool != PoolKind::none && output < layer.output.size();
       ++output) {
    pooled += static_cast<std::uint64_t>(layer.pool_window.area() - 1);
  }
  const std::uint64_t scalings =
      layer.pool == PoolKind::average ? static_cast<std::uint64_t>(layer.output.size()) : 0;
  const PricedAction priced{Action::multiplication, drawn.params.product->price_class()};
  const auto differs = [](const char* what, std::uint64_t counted, std::uint64_t due) {
    return counted == due ? std::string()
                          : std::string(what) + " are counted " + std::to_string(counted) +
                                ", done " + std::to_string(due);
  };
  for (const std::string& broken :
       {differs("multiplications", work.multiplications, multiplications),
        differs("multipliers of all slots", work.multiplications + work.idle_multiplications,
                run.slots * work.multipliers),
        differs("loaded weights", work.weights, drawn.drawn.nonzero_weights()),
        differs("kernels with weights", work.nonzero_kernels, drawn.drawn.nonzero_kernels()),
        differs("idle multiplications", work.counts.total(Action::idle_multiplication),
                work.idle_multiplications),
        differs("all products and scalings", work.counts.total(Action::multiplication),
                multiplications + scalings),
        differs("multiplications of the product's price", work.counts[priced],
                multiplications + (priced.price_class.empty() ? scalings : 0)),
        differs("words written", work.counts.total(Action::feature_buffer_write),
                static_cast<std::uint64_t>(layer.output.size()))}) {
    if (!broken.empty()) {
      return broken;
    }
  }
  if (work.counts.total(Action::addition) < multiplications + pooled) {
    return "some products are never added, or elements never pooled";
  }
  return work.counts.total(Action::feature_buffer_read) == 0 ? "nothing is read" : "";
}

std::string broken_values(LayerEngine& engine, const EngineCase& drawn) {
  const auto multiply = [&](std::int32_t weight, std::int32_t pixel) {
    return drawn.params.product->product(weight, pixel);
  };
  const LayerOutput output = engine.values(drawn.operands());
  const std::vector<std::int32_t> due = drawn.drawn.expected_output(multiply);
  if (output.map->size() != due.size()) {
    return "the output map has another size";
  }
  for (std::size_t i = 0; i < due.size(); ++i) {
    if ((*output.map)[i] != due[i]) {
      return "element " + std::to_string(i) + " is " + std::to_string((*output.map)[i]) +
             " instead of " + std::to_string(due[i]);
    }
  }
  return output.saturated == drawn.drawn.expected_saturated(multiply)
             ? ""
             : "saturated elements are counted wrong";
}

std::string broken_repeat(LayerEngine& engine, const EngineCase& drawn, unsigned seed) {
  const LayerOutput first = engine.values(drawn.operands());
  const std::vector<std::int32_t> map = *first.map;
  EngineCase other = drawn;
  LayerGenerator random(seed);
  other.drawn.input = random.map(drawn.params.layer.input.size());
  engine.values(other.operands());
  const LayerOutput again = engine.values(drawn.operands());
  return *again.map == map && again.saturated == first.saturated
             ? ""
             : "a run behind another one gives other values";
}

std::string broken_engine_rule(LayerEngine& engine, const EngineCase& drawn, unsigned seed) {
  for (const std::string& broken :
       {broken_schedule(engine, drawn, seed), broken_work(engine, drawn),
        broken_values(engine, drawn), broken_repeat(engine, drawn, seed),
        broken_pins(engine, drawn)}) {
    if (!broken.empty()) {
      return broken;
    }
  }
  return "";
}

}  // namespace airnn::test
