// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "sw/format/interleaving.h"
#include "testbenches/reference/activity_twin.h"

namespace airnn::test {

/// Everything that control units and their twins do, with its cycle; what must be equal.
struct MachineTrace {
  /// (cycle, address)
  std::vector<std::tuple<Cycle, std::uint64_t>> reads;
  /// (cycle, state, input, iteration)
  std::vector<std::tuple<Cycle, int, std::uint32_t, std::uint32_t>> states;
  /// (begin, end, words, beats)
  std::vector<std::tuple<Cycle, Cycle, std::uint64_t, std::uint64_t>> fetches;
  /// Per layer with weights: (arrival, pop, words)
  std::vector<std::vector<std::tuple<Cycle, Cycle, std::uint32_t>>> placements;
  /// (arrival, pop) of input bursts
  std::vector<std::tuple<Cycle, Cycle>> input_bursts;
  /// (arrival, kind, input, iteration) of control messages
  std::vector<std::tuple<Cycle, int, std::uint32_t, std::uint32_t>> control;
  /// Per layer: (arrival, kind, iteration, groups as text; empty: one kernel per slot)
  std::vector<std::vector<std::tuple<Cycle, int, std::uint32_t, std::string>>> layer_control;
  /// (arrival, score, prediction, terminate)
  std::vector<std::tuple<Cycle, std::int64_t, std::uint32_t, bool>> decisions;
  /// (arrival, score, prediction, iterations)
  std::vector<std::tuple<Cycle, std::int64_t, std::uint32_t, std::uint32_t>> results;
  ActivityTwin controller;
  ActivityTwin addresses;
  ActivityTwin score;
  Cycle memory_working = 0;
};

/// Kernels with first block and number of blocks, a bracket per group.
std::string groups_text(const KernelGroups& groups);

/// The first difference in words; empty if there is none.
std::string difference(const MachineTrace& machine, const MachineTrace& twin);

}  // namespace airnn::test
