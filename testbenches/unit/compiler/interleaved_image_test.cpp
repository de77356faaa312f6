// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "sw/compiler/image_builder.h"
#include "testbenches/unit/compiler/random_kernels.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

/// "conv" of test::every_layer(): six kernels of 2 x 3 x 3. The only layer that can be interleaved.
constexpr std::uint16_t kConvolution = 0;

CompileOptions interleaved(const std::string& clusters, InterleavePolicy policy) {
  CompileOptions options = test::options_with(clusters);
  options.scheme = Scheme::interleaved;
  options.interleave.policy = policy;
  return options;
}

/// The kernels of the convolution with the weights of batches 1.. `iteration`, read from the image.
test::KernelSet kernels_in(const MemoryImage& image, int iteration) {
  const Layer& layer = image.network().layers[kConvolution];
  test::KernelSet set;
  set.unit.policy = image.info().policy;
  set.unit.split = {static_cast<std::uint32_t>(layer.window.area()), image.blocks(kConvolution)};
  set.unit.channels = static_cast<std::uint32_t>(layer.input.channels);
  set.columns.resize(static_cast<std::size_t>(layer.kernels));
  set.window.assign(set.columns.size(), 0);
  for (int i = 1; i <= iteration; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& weight : image.cluster(static_cast<std::uint16_t>(i), c).weights()) {
        if (weight.layer == kConvolution) {
          set.columns[weight.row].insert(weight.column);
        }
      }
    }
  }
  return set;
}

std::vector<std::vector<std::uint32_t>> numbers(const KernelGroups& groups) {
  std::vector<std::vector<std::uint32_t>> kernels;
  for (const KernelGroup& group : groups) {
    kernels.emplace_back();
    for (const GroupedKernel& kernel : group) {
      kernels.back().push_back(kernel.kernel);
    }
  }
  return kernels;
}

TEST(CompiledInterleaving, GroupsTheWeightsThatTheBatchesHold) {
  for (const InterleavePolicy policy :
       {InterleavePolicy::block, InterleavePolicy::block_fixed, InterleavePolicy::position}) {
    for (const int blocks : {0, 1, 2, 4, 8}) {
      CompileOptions options = interleaved("10,pointwise=3", policy);
      options.interleave.blocks = policy == InterleavePolicy::position ? 0 : blocks;
      const MemoryImage image =
          MemoryImage::parse(compile(test::every_layer(5), options).image, "test");
      EXPECT_EQ(image.info().scheme, Scheme::interleaved);
      EXPECT_EQ(image.info().policy, policy);
      for (int iteration = 1; iteration <= 5; ++iteration) {
        const auto i = static_cast<std::uint16_t>(iteration);
        ASSERT_EQ(image.is_interleaved(kConvolution, i), iteration <= 3);
        if (iteration > 3) {
          continue;
        }
        const KernelGroups groups = image.groups(kConvolution, i);
        const test::KernelSet set = kernels_in(image, iteration);
        EXPECT_EQ(numbers(groups), set.paper_groups());
        for (const KernelGroup& group : groups) {
          EXPECT_TRUE(set.is_served(group));
        }
      }
    }
  }
}

TEST(CompiledInterleaving, HasTablesForInterleavedConvolutionsOnly) {
  const MemoryImage image = MemoryImage::parse(
      compile(test::every_layer(5), interleaved("8", InterleavePolicy::block)).image, "test");
  for (const Section& section : image.sections()) {
    if (section.kind == SectionKind::kernel_index || section.kind == SectionKind::group_index ||
        section.kind == SectionKind::kernel_block) {
      EXPECT_EQ(section.layer, kConvolution);
      EXPECT_EQ(section.cluster, 0);
    }
  }
}

TEST(CompiledInterleaving, TablesFollowTheArraysOfTheirBatch) {
  const MemoryImage image = MemoryImage::parse(
      compile(test::every_layer(5), interleaved("8", InterleavePolicy::block)).image, "test");
  std::uint16_t iteration = 0;
  bool tables = false;
  for (const Section& section : image.sections()) {
    if (section.iteration == 0) {
      continue;
    }
    const bool is_table = section.layer == kConvolution;
    EXPECT_TRUE(section.iteration > iteration || !tables || is_table) << section.name();
    EXPECT_GE(section.iteration, iteration) << section.name();
    iteration = section.iteration;
    tables = is_table;
  }
}

TEST(CompiledInterleaving, HasTheBatchesOfTheIterativeOne) {
  CompileOptions options = interleaved("7", InterleavePolicy::position);
  const MemoryImage found = MemoryImage::parse(compile(test::every_layer(6), options).image, "a");
  options.scheme = Scheme::iterative;
  const MemoryImage iterative =
      MemoryImage::parse(compile(test::every_layer(6), options).image, "b");
  EXPECT_EQ(found.info().iterations, iterative.info().iterations);
  for (std::uint16_t i = 1; i <= found.info().iterations; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      EXPECT_EQ(found.cluster(i, c).weights(), iterative.cluster(i, c).weights());
    }
  }
}

TEST(CompiledInterleaving, AlwaysLoadedLayersAreInterleavedToo) {
  CompileOptions options = interleaved("8", InterleavePolicy::block);
  options.always_loaded = {"conv"};
  const MemoryImage image =
      MemoryImage::parse(compile(test::every_layer(2), options).image, "test");
  for (std::uint16_t i = 1; i <= 3; ++i) {
    ASSERT_TRUE(image.is_interleaved(kConvolution, i));
    EXPECT_EQ(image.groups(kConvolution, i).size(), 6U) << "full kernels share nothing";
  }
}

TEST(CompiledInterleaving, LayersWithoutWeightsHaveNoTables) {
  Model model = test::every_layer(2);
  model.parameters[kConvolution].weights.assign(model.parameters[kConvolution].weights.size(),
                                                0.0F);
  const CompileResult result = compile(model, interleaved("4", InterleavePolicy::block));
  EXPECT_FALSE(MemoryImage::parse(result.image, "test").is_interleaved(kConvolution, 1));
  EXPECT_FALSE(result.report.layers[0].batches[0].interleaving);
}

TEST(CompiledInterleaving, BestHasNoMoreGroupsThanGreedyAndTheReportSaysSo) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    CompileOptions options = interleaved("10", InterleavePolicy::position);
    options.index_width = 8;
    options.interleave.iterations = 5;
    for (const GroupingMethod method : {GroupingMethod::greedy, GroupingMethod::best}) {
      options.interleave.grouping = method;
      const CompileResult result = compile(test::every_layer(seed), options);
      const MemoryImage image = MemoryImage::parse(result.image, "test");
      for (std::uint16_t i = 1; i <= 5; ++i) {
        const BatchReport& batch = result.report.layers[0].batches[i - 1U];
        ASSERT_TRUE(batch.interleaving);
        const InterleaveReport& report = *batch.interleaving;
        EXPECT_EQ(report.kernels, batch.nonzero_kernels);
        EXPECT_EQ(report.groups, static_cast<std::int64_t>(image.groups(kConvolution, i).size()));
        EXPECT_EQ(report.groups, method == GroupingMethod::best ? report.best : report.greedy);
        EXPECT_LE(report.best, report.greedy);
        EXPECT_LE(report.lower_bound, report.best);
        const auto bytes = [&](SectionKind kind) {
          return static_cast<std::int64_t>(image.find(kind, kConvolution, i, 0)->bytes);
        };
        EXPECT_EQ(report.kernel_bytes, bytes(SectionKind::kernel_index));
        EXPECT_EQ(report.group_bytes, bytes(SectionKind::group_index));
        EXPECT_EQ(report.block_bytes, bytes(SectionKind::kernel_block));
      }
    }
  }
}

TEST(CompiledInterleaving, DoesNotDependOnThreads) {
  for (const GroupingMethod method : {GroupingMethod::greedy, GroupingMethod::best}) {
    CompileOptions options = interleaved("9", InterleavePolicy::block);
    options.interleave.grouping = method;
    options.threads = 1;
    const std::vector<std::uint8_t> once = compile(test::every_layer(4), options).image;
    for (const int threads : {2, 3, 8}) {
      options.threads = threads;
      EXPECT_TRUE(compile(test::every_layer(4), options).image == once) << threads << " threads";
    }
  }
}

}  // namespace
}  // namespace airnn
