// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <optional>

#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

std::uint64_t divide_up(std::int64_t a, std::int64_t b) {
  return static_cast<std::uint64_t>((a + b - 1) / b);
}

std::uint64_t levels(std::uint64_t values) {
  std::uint64_t levels = 0;
  for (; values > 1; values = (values + 1) / 2) {
    ++levels;
  }
  return levels;
}

/// By how many stages the trees of the blocks and the one over the blocks are deeper than one tree.
std::uint64_t added_depth(const MemoryImage& image, std::uint16_t layer) {
  const auto multipliers = static_cast<std::uint64_t>(image.network().layers[layer].window.area());
  const std::uint64_t blocks =
      image.info().policy == InterleavePolicy::position ? 1 : image.blocks(layer);
  const std::uint64_t last = multipliers - (blocks - 1) * (multipliers / blocks);
  return levels(last) + levels(blocks) - levels(multipliers);
}

std::uint64_t table_bursts(const MemoryImage& image, std::uint32_t iteration) {
  std::uint64_t bursts = 0;
  for (const Section& section : image.sections()) {
    const bool is_table =
        section.kind >= SectionKind::kernel_index && section.kind <= SectionKind::kernel_block;
    bursts += is_table && section.iteration == iteration ? (section.bytes + 63) / 64 : 0;
  }
  return bursts;
}

/// Kernels that have no slot of their own.
std::uint64_t merged_kernels(const MemoryImage& image) {
  std::uint64_t merged = 0;
  for (std::uint16_t layer = 0; layer < image.network().layers.size(); ++layer) {
    for (std::uint16_t i = 1; i <= image.info().iterations; ++i) {
      if (image.is_interleaved(layer, i)) {
        for (const KernelGroup& group : image.groups(layer, i)) {
          merged += group.size() - 1;
        }
      }
    }
  }
  return merged;
}

InterleaveOptions random_interleaving(RandomModel& random) {
  InterleaveOptions options;
  options.policy = random.one_of<InterleavePolicy>(
      {InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position});
  options.blocks = random.one_of<int>({0, 0, 1, 2, 4, 8, 128});
  options.grouping = random.one_of<GroupingMethod>({GroupingMethod::greedy, GroupingMethod::best});
  options.iterations = random.one_of<int>({1, 2, 3, 3, 9});
  return options;
}

/// A random network whose tables have at least one group of several kernels, compiled with and
/// without them, and a machine for both.
struct Drawn {
  explicit Drawn(unsigned seed) : random(seed) {
    CompileOptions options = random.options();
    options.scheme = Scheme::iterative;
    iterative.emplace(image_of(random.model(), options));
    options.scheme = Scheme::interleaved;
    options.interleave = random_interleaving(random);
    interleaved.emplace(image_of(random.model(), options));
  }

  RandomModel random;
  std::optional<MemoryImage> iterative;
  std::optional<MemoryImage> interleaved;
};

std::unique_ptr<Drawn> draw(unsigned seed) {
  std::unique_ptr<Drawn> drawn;
  for (unsigned attempt = 0; drawn == nullptr || merged_kernels(*drawn->interleaved) == 0;
       ++attempt) {
    drawn = std::make_unique<Drawn>(seed * 1000 + attempt);
  }
  return drawn;
}

class InterleavedNetworks : public testing::TestWithParam<unsigned> {
 protected:
  InterleavedNetworks()
      : drawn_(draw(GetParam())),
        image_(*drawn_->interleaved),
        params_(random_params(drawn_->random, image_)),
        inputs_(random_inputs(drawn_->random, image_.network())) {
    params_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::next : Prefetch::none;
    if (GetParam() % 3 == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
  }

  /// Every batch that is read is needed, so how long a computation takes does not change what is
  /// read.
  bool reads_all(const InputRecord& input) const {
    return params_.controller.prefetch == Prefetch::none ||
           static_cast<int>(input.iterations) == image_.info().iterations;
  }

  /// But for the slots that are saved and the tables, the two schemes do the same work.
  void expect_same_inputs(const RunRecord& got, const RunRecord& due) const;
  void expect_slots(const RunRecord& got, const RunRecord& due) const;
  void expect_shorter(const RunRecord& got, const RunRecord& due) const;

  std::unique_ptr<Drawn> drawn_;
  const MemoryImage& image_;
  AcceleratorParams params_;
  Maps inputs_;
};

void InterleavedNetworks::expect_same_inputs(const RunRecord& got, const RunRecord& due) const {
  ASSERT_EQ(got.inputs.size(), inputs_.size());
  ASSERT_EQ(due.inputs.size(), inputs_.size());
  for (std::size_t n = 0; n < inputs_.size(); ++n) {
    SCOPED_TRACE("input " + std::to_string(n));
    const InputRecord& one = got.inputs[n];
    const InputRecord& other = due.inputs[n];
    expect_same_outcome(one, other);
    for (const Action action :
         {Action::dram_input_word, Action::multiplication, Action::addition,
          Action::weight_buffer_read, Action::feature_buffer_read, Action::feature_buffer_write,
          Action::score_class, Action::buffer_reset_bit}) {
      EXPECT_EQ(one.counts[action], other.counts[action]) << to_string(action);
    }
    std::uint64_t tables = 0;
    for (std::uint32_t i = 1; i <= one.iterations; ++i) {
      tables += table_bursts(image_, i);
    }
    EXPECT_EQ(one.counts[Action::dram_table_word], 16 * tables);
    EXPECT_EQ(other.counts[Action::dram_table_word], 0U);
    EXPECT_EQ(other.counts[Action::multiplexer] + other.counts[Action::flag_read] +
                  other.counts[Action::operand_select],
              0U);
    if (reads_all(one)) {
      EXPECT_EQ(one.counts.words_placed, other.counts.words_placed);
      EXPECT_EQ(one.counts.dram_reads, other.counts.dram_reads + tables);
    }
  }
}

void InterleavedNetworks::expect_slots(const RunRecord& got, const RunRecord& due) const {
  for (std::uint16_t l = 0; l < image_.network().layers.size(); ++l) {
    const Layer& layer = image_.network().layers[l];
    const ComputeParallelism& unit = params_.parallelism[l];
    for (std::uint16_t i = 1; i <= image_.info().iterations; ++i) {
      SCOPED_TRACE("layer " + std::to_string(l) + ", iteration " + std::to_string(i));
      const LayerRecord& one = got.layers[l][i - 1U];
      const LayerRecord& other = due.layers[l][i - 1U];
      EXPECT_EQ(one.nonzero_kernels, other.nonzero_kernels);
      EXPECT_EQ(one.weights, other.weights);
      EXPECT_EQ(one.multiplications, other.multiplications);
      EXPECT_EQ(other.groups, other.nonzero_kernels);
      const std::uint64_t runs = got.iterations[i - 1U].inputs_run;
      if (!image_.is_interleaved(l, i)) {
        EXPECT_EQ(one.groups, other.groups);
        EXPECT_EQ(one.slots, other.slots);
        EXPECT_EQ(one.idle_multiplications, other.idle_multiplications);
        continue;
      }
      if (runs == 0) {
        continue;
      }
      const std::uint64_t groups = image_.groups(l, i).size();
      EXPECT_EQ(one.groups, groups);
      const std::int64_t channels = layer.input.channels / layer.groups;
      const std::int64_t at_once =
          unit.channels == 0 ? channels : std::min<std::int64_t>(unit.channels, channels);
      const std::uint64_t tiles =
          divide_up(std::int64_t{layer.result.height} * layer.result.width, unit.positions);
      EXPECT_EQ(one.slots, runs * tiles * divide_up(channels, at_once) * groups);
      EXPECT_EQ(
          one.multiplications + one.idle_multiplications,
          one.slots * static_cast<std::uint64_t>(unit.positions * at_once * layer.window.area()));
      if (params_.handoff == Handoff::map) {
        EXPECT_LE(one.compute_cycles, other.compute_cycles + added_depth(image_, l));
      }
    }
  }
}

/// A layer that is done sooner never makes the last one later; all that can is a deeper pipeline.
void InterleavedNetworks::expect_shorter(const RunRecord& got, const RunRecord& due) const {
  std::uint64_t added = 0;
  for (std::uint16_t l = 0; l < image_.network().layers.size(); ++l) {
    if (image_.network().layers[l].kind == LayerKind::convolution) {
      added += added_depth(image_, l);
    }
  }
  for (std::size_t i = 0; i < due.iterations.size(); ++i) {
    EXPECT_LE(got.iterations[i].cycles.compute,
              due.iterations[i].cycles.compute + added * due.iterations[i].inputs_run)
        << "iteration " << i + 1;
    EXPECT_EQ(got.iterations[i].cycles.score, due.iterations[i].cycles.score);
  }
}

TEST_P(InterleavedNetworks, EqualGoldenAndDoTheWorkOfTheIterativeSchemeInFewerSlots) {
  SCOPED_TRACE(describe(image_));
  SCOPED_TRACE(to_string(image_.info().policy));
  const RunRecord iterative = decode_record(in_child([this] {
    return encode_record(compare_with_golden(params_, *drawn_->iterative, inputs_).record);
  }));
  const GoldenComparison comparison = compare_with_golden(params_, image_, inputs_);
  EXPECT_EQ(comparison.difference, "");
  std::uint64_t iterations = 0;
  for (const InputRecord& input : comparison.record.inputs) {
    iterations += input.iterations;
  }
  EXPECT_EQ(comparison.maps_compared, iterations * image_.network().layers.size());
  expect_same_inputs(comparison.record, iterative);
  expect_slots(comparison.record, iterative);
  expect_shorter(comparison.record, iterative);
}

INSTANTIATE_TEST_SUITE_P(Seeds, InterleavedNetworks, seeds(50000, 60));

}  // namespace
}  // namespace airnn::test
