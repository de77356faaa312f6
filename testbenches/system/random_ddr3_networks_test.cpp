// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "hw/observe/dram/dram_counts.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

std::uint64_t bursts(std::uint64_t bytes) {
  return (bytes + 63) / 64;
}

std::uint64_t bursts_of_batch(const MemoryImage& image, std::uint32_t iteration) {
  std::uint64_t sum = 0;
  for (const Section& section : image.sections()) {
    const bool is_crs = section.kind >= SectionKind::value && section.kind <= SectionKind::layer;
    if (section.kind == SectionKind::dense_value || (is_crs && section.iteration == iteration)) {
      sum += bursts(section.bytes);
    }
  }
  return sum;
}

std::uint64_t bursts_of_boot(const MemoryImage& image) {
  std::uint64_t sum = bursts(image.sections().front().offset);
  for (const Section& section : image.sections()) {
    sum += section.kind == SectionKind::bias ? bursts(section.bytes) : 0;
  }
  return sum;
}

/// All that is counted but what only a memory with rows has.
void expect_same_counts(const Counts& ddr3, const Counts& flat) {
  for (const PricedAction& what : usual_actions()) {
    EXPECT_EQ(ddr3[what], flat[what]) << what.name();
  }
  EXPECT_EQ(ddr3.dram_reads, flat.dram_reads);
  EXPECT_EQ(ddr3.words_placed, flat.words_placed);
}

void expect_same_layers(const RunRecord& ddr3, const RunRecord& flat) {
  ASSERT_EQ(ddr3.layers.size(), flat.layers.size());
  for (std::size_t l = 0; l < flat.layers.size(); ++l) {
    for (std::size_t i = 0; i < flat.layers[l].size(); ++i) {
      const LayerRecord& got = ddr3.layers[l][i];
      const LayerRecord& due = flat.layers[l][i];
      EXPECT_EQ(got.nonzero_kernels, due.nonzero_kernels);
      EXPECT_EQ(got.groups, due.groups);
      EXPECT_EQ(got.weights, due.weights);
      EXPECT_EQ(got.compute_cycles, due.compute_cycles) << "layer " << l;
      EXPECT_EQ(got.slots, due.slots);
      EXPECT_EQ(got.multiplications, due.multiplications);
      EXPECT_EQ(got.idle_multiplications, due.idle_multiplications);
    }
  }
}

class RandomNetworksOnDdr3 : public testing::TestWithParam<unsigned> {
 protected:
  RandomNetworksOnDdr3()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    params_.controller.prefetch = GetParam() % 3 == 0 ? Prefetch::next : Prefetch::none;
    params_.fabric_period_ps = random_.one_of<std::uint64_t>({10000, 10000, 5000, 3333});
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = GetParam() % 4 == 0 ? Scheme::base : Scheme::iterative;
    return options;
  }

  /// Every batch that is read is needed, so how fast it comes does not change what is read.
  bool reads_all(const InputRecord& input) const {
    return params_.controller.prefetch == Prefetch::none ||
           static_cast<int>(input.iterations) == image_.info().iterations;
  }

  void expect_reads_of(const InputRecord& input) const {
    const auto map_bytes = static_cast<std::uint64_t>(image_.network().input.size()) * 4;
    std::uint64_t due = bursts(map_bytes);
    for (std::uint32_t i = 1; i <= input.iterations; ++i) {
      due += bursts_of_batch(image_, i);
    }
    if (reads_all(input)) {
      EXPECT_EQ(input.counts.dram_reads, due);
    } else {
      EXPECT_GE(input.counts.dram_reads, due);
      EXPECT_LE(input.counts.dram_reads, due + bursts_of_batch(image_, input.iterations + 1));
    }
  }

  /// Bursts and time of the memory over so many cycles of the fabric, which begin where edges of
  /// both clocks meet.
  void expect_memory_accounted(const Counts& counts, Cycle cycles) const {
    const Ddr3Part& part = params_.memory.channel->part;
    const DramCounts dram = dram_counts(counts);
    EXPECT_EQ(dram.read_commands() + dram.of(RowOutcome::forwarded), counts.dram_reads);
    EXPECT_EQ(dram.reads, counts.dram_reads);
    EXPECT_EQ(dram.writes + dram.write_commands(), 0U);
    Cycle spent = 0;
    for (const Cycle state : dram.state_cycles) {
      spent += state;
    }
    const std::uint64_t tck = part.timing.tck_ps;
    const Cycle due = (cycles * params_.fabric_period_ps + tck - 1) / tck;
    EXPECT_EQ(spent, part.geometry.ranks * due);
  }

  void expect_units_accounted(const RunRecord& record) const {
    for (std::size_t i = 0; i < record.units.size(); ++i) {
      UnitRecord unit = record.boot_units[i];
      unit.add(record.units[i]);
      EXPECT_GT(unit.working, 0U) << unit.name;
      EXPECT_LE(unit.working + unit.waiting_for_input + unit.waiting_for_credit,
                record.total_cycles())
          << unit.name;
    }
    const UnitRecord& memory = record.units.front();
    EXPECT_EQ(memory.name, "ddr3_controller");
    EXPECT_EQ(memory.waiting_for_input + memory.waiting_for_credit, 0U);
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
};

TEST_P(RandomNetworksOnDdr3, EqualGoldenAndDoTheWorkThatTheyDoOnFlatMemory) {
  SCOPED_TRACE(describe(image_));
  SCOPED_TRACE(text_of(random_ddr3(GetParam())));
  const RunRecord flat = decode_record(in_child(
      [this] { return encode_record(compare_with_golden(params_, image_, inputs_).record); }));
  params_.memory = ddr3_memory(random_ddr3(GetParam()));
  const GoldenComparison comparison = compare_with_golden(params_, image_, inputs_);
  const RunRecord& ddr3 = comparison.record;
  EXPECT_EQ(comparison.difference, "");
  ASSERT_EQ(ddr3.inputs.size(), inputs_.size());
  ASSERT_EQ(flat.inputs.size(), inputs_.size());

  expect_same_counts(ddr3.boot_counts, flat.boot_counts);
  EXPECT_EQ(ddr3.boot_counts.dram_reads, bursts_of_boot(image_));
  expect_memory_accounted(ddr3.boot_counts, ddr3.boot_cycles);
  std::uint64_t iterations = 0;
  for (std::size_t n = 0; n < inputs_.size(); ++n) {
    SCOPED_TRACE("input " + std::to_string(n));
    const InputRecord& got = ddr3.inputs[n];
    const InputRecord& due = flat.inputs[n];
    expect_same_outcome(got, due);
    expect_reads_of(got);
    expect_memory_accounted(got.counts, got.cycles);
    if (reads_all(got)) {
      expect_same_counts(got.counts, due.counts);
    }
    iterations += got.iterations;
  }
  EXPECT_EQ(comparison.maps_compared, iterations * image_.network().layers.size());
  for (std::size_t i = 0; i < flat.iterations.size(); ++i) {
    const IterationRecord& got = ddr3.iterations[i];
    const IterationRecord& due = flat.iterations[i];
    EXPECT_EQ(got.inputs_run, due.inputs_run);
    EXPECT_EQ(got.stopped, due.stopped);
    EXPECT_EQ(got.cycles.compute, due.cycles.compute) << "iteration " << i + 1;
    EXPECT_EQ(got.cycles.score, due.cycles.score) << "iteration " << i + 1;
  }
  expect_same_layers(ddr3, flat);
  expect_units_accounted(ddr3);
  expect_cycles_accounted(ddr3, params_);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomNetworksOnDdr3, seeds(4000000, 30));

}  // namespace
}  // namespace airnn::test
