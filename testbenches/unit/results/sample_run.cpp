// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/results/sample_run.h"

#include "testbenches/unit/format/sample_image.h"

namespace airnn::test {

namespace {

constexpr std::size_t kIterations = 2;

Counts numbered(const std::vector<PricedAction>& counted, std::uint64_t& next) {
  Counts counts;
  for (const PricedAction& what : counted) {
    counts[what] = next++;
  }
  counts.dram_reads = next++;
  counts.words_placed = next++;
  return counts;
}

std::vector<UnitRecord> units(std::uint64_t busy) {
  return {{"flat_memory", busy, 1, 0}, {"conv", 0, busy, 2}};
}

InputRecord input(std::uint32_t prediction, std::uint32_t iterations) {
  InputRecord made;
  made.prediction = prediction;
  made.iterations = iterations;
  made.cycles = 100 * iterations;
  for (std::uint32_t i = 0; i < iterations; ++i) {
    made.scores.push_back((std::int64_t{1} << 20) >> (iterations - i));
    made.predictions.push_back(i + 1 == iterations ? prediction : 0);
  }
  return made;
}

}  // namespace

SampleRun::SampleRun(const std::vector<PricedAction>& counted)
    : image_(MemoryImage::parse(sample_image(Scheme::iterative), "sample")) {
  std::uint64_t next = 1;
  record_.counted = counted;
  record_.boot_cycles = 20;
  record_.boot_counts = numbered(counted, next);
  record_.boot_units = units(5);
  record_.units = units(7);
  record_.inputs = {input(1, 1), input(2, 1), input(0, 2)};
  record_.iterations.resize(kIterations);
  for (InputRecord& one : record_.inputs) {
    for (std::size_t i = 0; i < one.iterations; ++i) {
      const Counts part = numbered(counted, next);
      one.counts += part;
      IterationRecord& iteration = record_.iterations[i];
      ++iteration.inputs_run;
      iteration.stopped += i + 1 == one.iterations ? 1 : 0;
      iteration.cycles += {10, 20, 30, 40, i};
      iteration.counts += part;
    }
  }
  const std::size_t layers = image_.network().layers.size();
  for (IterationRecord& iteration : record_.iterations) {
    iteration.units = units(30);
    iteration.critical_path.layers.resize(layers, 3);
  }
  record_.layers.assign(layers, std::vector<LayerRecord>(kIterations, {2, 3, 4, 5, 6, 7, 8, 6, 1}));
  for (std::size_t l = 0; l < layers; ++l) {
    if (image_.network().layers[l].kind == LayerKind::pooling) {
      for (LayerRecord& iteration : record_.layers[l]) {
        iteration.saturated = 0;  // it has no elements
      }
    }
  }
}

RunResults SampleRun::results() const {
  EnergyModel energy;
  energy.table.name = "made_up";
  for (const PricedAction& what : record_.counted) {
    energy.table.set(what, 0.25 * (1 + static_cast<double>(what.action)));
  }
  RunResults made{
      image_,
      "sample.airnn",
      {{"threshold", 0.9}, {"memory", {{"model", "flat"}}}, {"energy", {{"name", "a"}}}},
      energy,
      20,
      record_,
      40,
      {1, 1, 0},
      {{0, 0, 0}, {1, 1, 0}},
      9,
      {},
      {}};
  return made;
}

}  // namespace airnn::test
