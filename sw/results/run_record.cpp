// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_record.h"

#include <algorithm>
#include <numeric>

namespace airnn {

PhaseCycles& PhaseCycles::operator+=(const PhaseCycles& other) {
  load += other.load;
  fetch += other.fetch;
  compute += other.compute;
  score += other.score;
  finish += other.finish;
  return *this;
}

PathCycles& PathCycles::operator+=(const PathCycles& other) {
  memory += other.memory;
  controller += other.controller;
  addresses += other.addresses;
  input_buffer += other.input_buffer;
  score += other.score;
  layers.resize(std::max(layers.size(), other.layers.size()));
  for (std::size_t i = 0; i < other.layers.size(); ++i) {
    layers[i] += other.layers[i];
  }
  return *this;
}

std::uint64_t PathCycles::total() const {
  return std::accumulate(layers.begin(), layers.end(),
                         memory + controller + addresses + input_buffer + score);
}

IterationRecord& IterationRecord::operator+=(const IterationRecord& other) {
  inputs_run += other.inputs_run;
  stopped += other.stopped;
  cycles += other.cycles;
  counts += other.counts;
  for (std::size_t i = 0; i < units.size(); ++i) {
    units[i].add(other.units[i]);
  }
  critical_path += other.critical_path;
  return *this;
}

void LayerRecord::add_sums(const LayerRecord& other) {
  slots += other.slots;
  multiplications += other.multiplications;
  idle_multiplications += other.idle_multiplications;
  zero_products += other.zero_products;
  searches += other.searches;
  hits += other.hits;
  saturated += other.saturated;
}

void UnitRecord::add(const UnitRecord& other) {
  working += other.working;
  waiting_for_input += other.waiting_for_input;
  waiting_for_credit += other.waiting_for_credit;
}

std::uint64_t RunRecord::total_cycles() const {
  std::uint64_t sum = boot_cycles;
  for (const IterationRecord& iteration : iterations) {
    sum += iteration.cycles.total();
  }
  return sum;
}

Counts RunRecord::total_counts() const {
  Counts sum = boot_counts;
  for (const IterationRecord& iteration : iterations) {
    sum += iteration.counts;
  }
  return sum;
}

void RunRecord::merge(const RunRecord& next) {
  for (std::size_t i = 0; i < units.size(); ++i) {
    units[i].add(next.units[i]);
  }
  link += next.link;
  for (std::size_t i = 0; i < iterations.size(); ++i) {
    iterations[i] += next.iterations[i];
  }
  for (std::size_t l = 0; l < layers.size(); ++l) {
    for (std::size_t i = 0; i < layers[l].size(); ++i) {
      LayerRecord merged = layers[l][i].slots > 0 || layers[l][i].compute_cycles > 0
                               ? layers[l][i]
                               : next.layers[l][i];
      if (layers[l][i].compute_cycles > 0) {
        merged.add_sums(next.layers[l][i]);
      }
      layers[l][i] = merged;
    }
  }
  inputs.insert(inputs.end(), next.inputs.begin(), next.inputs.end());
}

}  // namespace airnn
