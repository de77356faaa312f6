// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "hw/sim/mesh_config.h"
#include "hw/sim/workers/parallel_run.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_mesh.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

constexpr std::size_t kInputs = 7;

CompileOptions random_scheme(RandomModel& random) {
  CompileOptions options = random.options();
  options.scheme = random.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
  return options;
}

/// Random networks on random machines, with inputs that share batches of weights.
class GroupedNetworks : public testing::TestWithParam<unsigned> {
 protected:
  GroupedNetworks()
      : random_(GetParam()),
        image_(image_of(random_.model(), random_scheme(random_))),
        alone_(random_params(random_, image_)) {
    alone_.threshold = random_.one_of<double>({0.1, 0.5, 0.9, 1e5});
    alone_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::next : Prefetch::none;
    if (GetParam() % 3 == 0) {
      alone_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
    if (GetParam() % 4 == 1) {
      alone_.handoff = Handoff::map;
      alone_.link = mesh_link(random_mesh(random_, image_.network()));
    }
    while (inputs_.size() < kInputs) {
      inputs_.push_back(random_.input(image_.network()));
    }
    params_ = alone_;
    InputGroupParams& group = params_.controller.group;
    group.inputs_per_batch = random_.one_of<std::uint32_t>({2, 3, 4, 64});
    group.input_buffers =
        static_cast<std::uint32_t>(random_.pick(1, std::min(5U, group.inputs_per_batch)));
  }

  RunRecord simulated(const AcceleratorParams& params, unsigned jobs = 1) const {
    return decode_record(in_child([&] {
      ParallelRun run;
      run.count = kInputs;
      run.jobs = jobs;
      run.input = [this](std::uint32_t i) { return inputs_[i]; };
      return encode_record(run_parallel(params, image_, run).record);
    }));
  }

  /// Groups of which some input ran iteration i (from 0).
  std::uint64_t groups_in(const RunRecord& record, std::size_t i) const {
    std::uint64_t groups = 0;
    const std::size_t size = params_.controller.group.inputs_per_batch;
    for (std::size_t begin = 0; begin < kInputs; begin += size) {
      const auto first = record.inputs.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto behind =
          record.inputs.begin() + static_cast<std::ptrdiff_t>(std::min(begin + size, kInputs));
      groups +=
          std::any_of(first, behind, [i](const InputRecord& one) { return one.iterations > i; })
              ? 1
              : 0;
    }
    return groups;
  }

  /// How often maps are loaded in iteration i: by all that were not among the first that went on
  /// in the iteration before.
  std::uint64_t loads_in(const RunRecord& record, std::size_t i) const {
    std::uint64_t loads = 0;
    const InputGroupParams& group = params_.controller.group;
    for (std::size_t begin = 0; begin < kInputs; begin += group.inputs_per_batch) {
      std::uint32_t kept = 0;
      for (std::size_t n = begin; n < std::min(begin + group.inputs_per_batch, kInputs); ++n) {
        const bool ran_before = i == 0 || record.inputs[n].iterations > i - 1;
        const bool keeps = i > 0 && ran_before && kept++ < group.input_buffers;
        loads += record.inputs[n].iterations > i && !keeps ? 1 : 0;
      }
    }
    return loads;
  }

  void expect_traffic(const RunRecord& got, const RunRecord& due) const;
  void expect_shares(const RunRecord& record) const;

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams alone_;
  AcceleratorParams params_;
  Maps inputs_;
};

/// A batch is read once for each group that needs it, as often as it was read for each input alone.
void GroupedNetworks::expect_traffic(const RunRecord& got, const RunRecord& due) const {
  for (std::size_t i = 0; i < got.iterations.size(); ++i) {
    SCOPED_TRACE("iteration " + std::to_string(i + 1));
    const Counts& shared = got.iterations[i].counts;
    const Counts& alone = due.iterations[i].counts;
    const std::uint64_t inputs = due.iterations[i].inputs_run;
    const std::uint64_t groups = groups_in(got, i);
    EXPECT_EQ(got.iterations[i].inputs_run, inputs);
    EXPECT_EQ(got.iterations[i].stopped, due.iterations[i].stopped);
    EXPECT_EQ(shared[Action::multiplication], alone[Action::multiplication]);
    EXPECT_EQ(shared[Action::score_class], alone[Action::score_class]);
    const std::uint64_t map = due.iterations[0].counts[Action::dram_input_word] / kInputs;
    EXPECT_EQ(shared[Action::dram_input_word], loads_in(got, i) * map);
    EXPECT_EQ(shared[Action::dram_table_word] * inputs, alone[Action::dram_table_word] * groups);
    if (params_.controller.prefetch == Prefetch::none) {
      EXPECT_EQ(shared[Action::dram_value_word] * inputs, alone[Action::dram_value_word] * groups);
      EXPECT_EQ(shared[Action::dram_index_word] * inputs, alone[Action::dram_index_word] * groups);
      EXPECT_EQ(shared.words_placed * inputs, alone.words_placed * groups);
    }
  }
}

/// What inputs have of their group's work is all of it.
void GroupedNetworks::expect_shares(const RunRecord& record) const {
  Counts counts = record.boot_counts;
  std::uint64_t cycles = record.boot_cycles;
  for (const InputRecord& input : record.inputs) {
    counts += input.counts;
    cycles += input.share_cycles;
    EXPECT_LE(input.share_cycles, input.cycles);
  }
  EXPECT_EQ(cycles, record.total_cycles());
  const Counts all = record.total_counts();
  EXPECT_EQ(counts.of, all.of);
  EXPECT_EQ(counts.dram_reads, all.dram_reads);
  EXPECT_EQ(counts.words_placed, all.words_placed);
}

TEST_P(GroupedNetworks, EqualGoldenAndFetchEachBatchOncePerGroup) {
  SCOPED_TRACE(describe(image_));
  const RunRecord alone = simulated(alone_);
  const RunRecord parallel = simulated(params_, 3);
  const GoldenComparison comparison = compare_with_golden(params_, image_, inputs_);
  EXPECT_EQ(comparison.difference, "");
  ASSERT_EQ(comparison.record.inputs.size(), kInputs);
  for (std::size_t n = 0; n < kInputs; ++n) {
    SCOPED_TRACE("input " + std::to_string(n));
    expect_same_outcome(comparison.record.inputs[n], alone.inputs[n]);
  }
  expect_traffic(comparison.record, alone);
  expect_shares(comparison.record);
  if (!params_.link.make) {
    expect_cycles_accounted(comparison.record, params_);
  }
  EXPECT_EQ(encode_record(parallel), encode_record(comparison.record));
}

INSTANTIATE_TEST_SUITE_P(Seeds, GroupedNetworks, seeds(70000, 24));

}  // namespace
}  // namespace airnn::test
