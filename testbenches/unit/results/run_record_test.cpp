// SPDX-License-Identifier: Apache-2.0
#include "sw/results/run_record.h"

#include <gtest/gtest.h>

namespace airnn::test {
namespace {

Counts counts_from(std::uint64_t from) {
  Counts counts;
  for (std::uint64_t& count : counts.of) {
    count = from++;
  }
  counts.dram_reads = from++;
  counts.words_placed = from;
  return counts;
}

RunRecord record(std::uint32_t inputs) {
  RunRecord made;
  made.boot_cycles = 1000;
  made.boot_counts = counts_from(7);
  made.boot_units = {{"unit", 1, 2, 3}};
  made.units = {{"unit", 10 * inputs, 20 * inputs, 30 * inputs}};
  made.iterations.resize(2);
  made.iterations[0] = {inputs,
                        0,
                        {1, 2, 3, 4, 5},
                        counts_from(1),
                        {{"unit", 9 * inputs, 5 * inputs, 1 * inputs}},
                        {1, 2, 3, 4, 5, {6 * inputs}}};
  made.iterations[1].units = {{"unit", 0, 0, 0}};
  made.layers = {{{50, 4, 4, 40, 99, 8 * inputs, 6 * inputs, 2 * inputs}, {}}};
  made.inputs.resize(inputs);
  made.boot_link = {{{"0", 0, 0, {"unit"}}}, {{"injection at 0", 0, 0, true, false, {2, 4}}}};
  made.link = made.boot_link;
  made.link.wires[0].load = {10 * inputs, 20 * inputs};
  return made;
}

TEST(RunRecord, MergedPartsAreTheWhole) {
  RunRecord merged = record(2);
  RunRecord next = record(3);
  next.layers[0][1] = {50, 5, 5, 50, 111, 30, 20, 10};
  next.iterations[1] = {
      1, 1, {0, 7, 8, 9, 1}, counts_from(2), {{"unit", 3, 4, 5}}, {0, 0, 0, 0, 0, {7}}};
  merged.merge(next);
  EXPECT_EQ(merged.boot_cycles, 1000U) << "boot counts once";
  EXPECT_EQ(merged.boot_units[0].working, 1U);
  EXPECT_EQ(merged.boot_counts.of[0], 7U);
  EXPECT_EQ(merged.units[0].working, 50U);
  EXPECT_EQ(merged.units[0].waiting_for_input, 100U);
  EXPECT_EQ(merged.units[0].waiting_for_credit, 150U);
  EXPECT_EQ(merged.iterations[0].inputs_run, 5U);
  EXPECT_EQ(merged.iterations[1].stopped, 1U);
  EXPECT_EQ(merged.iterations[0].units[0].working, 45U);
  EXPECT_EQ(merged.iterations[0].units[0].waiting_for_input, 25U);
  EXPECT_EQ(merged.iterations[0].units[0].waiting_for_credit, 5U);
  EXPECT_EQ(merged.iterations[1].units[0].busy(), 12U);
  EXPECT_EQ(merged.iterations[0].critical_path.total(), 2U * 15 + 6 * 5);
  EXPECT_EQ(merged.iterations[1].critical_path.layers.at(0), 7U);
  EXPECT_EQ(merged.inputs.size(), 5U);
  EXPECT_EQ(merged.boot_link.wires[0].load.flits, 2U);
  EXPECT_EQ(merged.link.wires[0].load.flits, 50U);
  EXPECT_EQ(merged.link.wires[0].load.busy, 100U);
  const LayerRecord& both = merged.layers[0][0];
  EXPECT_EQ(both.compute_cycles, 99U) << "of one run, not summed";
  EXPECT_EQ(both.weights, 40U);
  EXPECT_EQ(both.slots, 40U);
  EXPECT_EQ(both.multiplications, 30U);
  EXPECT_EQ(both.idle_multiplications, 10U);
  const LayerRecord& only_next = merged.layers[0][1];
  EXPECT_EQ(only_next.compute_cycles, 111U);
  EXPECT_EQ(only_next.nonzero_kernels, 5U);
  EXPECT_EQ(only_next.slots, 30U);
  EXPECT_EQ(merged.total_cycles(), 1000U + 2 * 15 + 25);
  EXPECT_EQ(merged.total_counts().of[0], 7U + 1 + 1 + 2);
}

TEST(RunRecord, MergeKeepsAnIterationThatOnlyTheFirstPartReached) {
  RunRecord merged = record(2);
  merged.layers[0][1] = {50, 5, 5, 50, 111, 30, 20, 10};
  merged.merge(record(3));
  EXPECT_EQ(merged.layers[0][1].compute_cycles, 111U);
  EXPECT_EQ(merged.layers[0][1].slots, 30U);
}

}  // namespace
}  // namespace airnn::test
