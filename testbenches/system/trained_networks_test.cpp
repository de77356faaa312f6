// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/observe/dram/dram_counts.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"
#include "testbenches/system/child_process.h"

namespace airnn::test {
namespace {

MemoryImage compiled(const std::string& name, Scheme scheme, const std::string& clusters,
                     int precision = 32, InterleavePolicy policy = InterleavePolicy::block) {
  const std::string path = source_path("models/") + name + ".onnx";
  const Model model = read_onnx(path);
  CompileOptions options;
  options.scheme = scheme;
  options.precision = precision;
  options.interleave.policy = policy;
  options.clusters = parse_cluster_spec(clusters);
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, name);
}

std::vector<std::vector<std::int32_t>> drawn_inputs(const Network& network, int count) {
  const LabelledSet digits = draw_digits(count, 7);
  const InputConverter converter(network);
  std::vector<std::vector<std::int32_t>> inputs;
  for (std::int32_t i = 0; i < count; ++i) {
    inputs.push_back(converter.quantise(digits.images, i));
  }
  return inputs;
}

struct Case {
  std::string network;
  Scheme scheme = Scheme::iterative;
  std::string clusters;
  int precision = 32;
  Prefetch prefetch = Prefetch::none;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
  return out << c.network << ' ' << to_string(c.scheme) << ' ' << c.precision << " bit";
}

class TrainedNetworks : public testing::TestWithParam<Case> {};

TEST_P(TrainedNetworks, EqualGoldenInEveryLayerAfterEveryIteration) {
  const Case& c = GetParam();
  const MemoryImage image = compiled(c.network, c.scheme, c.clusters, c.precision);
  AcceleratorParams params = default_params(image);
  params.threshold = 2;  // never reached: every iteration runs
  params.controller.prefetch = c.prefetch;
  const auto inputs = drawn_inputs(image.network(), 20);
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_EQ(comparison.maps_compared, inputs.size() * image.network().layers.size() *
                                          static_cast<unsigned>(image.info().iterations));
}

/// Most inputs end while the next batch is on its way; what came of it must not show in the next.
TEST(TrainedNetworksWithPrefetch, EqualGoldenWhereInputsEndEarly) {
  const MemoryImage image = compiled("lenet300-100", Scheme::iterative, "10");
  AcceleratorParams params = default_params(image);
  params.threshold = 0.5;
  params.controller.prefetch = Prefetch::next;
  const auto inputs = drawn_inputs(image.network(), 40);
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  const auto last = static_cast<std::uint32_t>(image.info().iterations);
  std::size_t ended_early = 0;
  std::uint64_t finish_cycles = 0;
  for (const IterationRecord& iteration : comparison.record.iterations) {
    finish_cycles += iteration.cycles.finish;
  }
  EXPECT_GT(finish_cycles, inputs.size()) << "some read must be in flight when an input ends";
  for (const InputRecord& input : comparison.record.inputs) {
    ended_early += input.iterations < last ? 1 : 0;
  }
  EXPECT_GT(ended_early, inputs.size() / 2);
}

/// Two ranks, a queue shorter than the reads in flight, clocks without a common multiple, and rows
/// that close: whatever the memory does, it must not show in a value.
TEST(TrainedNetworksOnDdr3, ScoreAndDecideAsOnFlatMemory) {
  const MemoryImage image = compiled("lenet5", Scheme::iterative, "12");
  AcceleratorParams params = default_params(image);
  params.threshold = 0.7;
  const auto inputs = drawn_inputs(image.network(), 20);
  const RunRecord flat = decode_record(
      in_child([&] { return encode_record(compare_with_golden(params, image, inputs).record); }));
  Ddr3ControllerParams memory;
  memory.crossing_cycles = 2;
  Ddr3ChannelParams& channel = memory.channel;
  channel.part.geometry.ranks = 2;
  channel.part.timing.tck_ps = 1071;
  channel.mapping = "ro:ba:co5:ra:co";
  channel.read_queue = 5;
  channel.page_policy = PagePolicy::adaptive;
  channel.power_down_after_cycles = 50;
  channel.self_refresh_after_cycles = 3000;
  params.memory = ddr3_memory(memory);
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  const RunRecord& ddr3 = comparison.record;
  ASSERT_EQ(flat.inputs.size(), inputs.size());
  ASSERT_EQ(ddr3.inputs.size(), inputs.size());
  std::size_t ended_early = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const InputRecord& got = ddr3.inputs[i];
    const InputRecord& due = flat.inputs[i];
    EXPECT_EQ(got.prediction, due.prediction) << "input " << i;
    EXPECT_EQ(got.predictions, due.predictions) << "input " << i;
    EXPECT_EQ(got.scores, due.scores) << "input " << i;
    EXPECT_EQ(got.iterations, due.iterations) << "input " << i;
    for (const PricedAction& what : usual_actions()) {
      EXPECT_EQ(got.counts[what], due.counts[what]) << what.name() << " of input " << i;
    }
    EXPECT_EQ(got.counts.words_placed, due.counts.words_placed) << "input " << i;
    EXPECT_EQ(got.counts.dram_reads, due.counts.dram_reads) << "input " << i;
    EXPECT_EQ(dram_counts(got.counts).read_commands(), due.counts.dram_reads) << "input " << i;
    EXPECT_NE(got.cycles, due.cycles) << "input " << i;
    ended_early += static_cast<int>(due.iterations) < image.info().iterations ? 1 : 0;
  }
  EXPECT_GT(ended_early, 0U);
  EXPECT_LT(ended_early, inputs.size());
  const DramCounts dram = dram_counts(ddr3.total_counts());
  EXPECT_GT(dram.of(DramPowerState::self_refresh), 0U);
  EXPECT_GT(dram.of(DramCommand::read_auto), 0U);
}

struct Interleaving {
  std::string network;
  std::string clusters;
  InterleavePolicy policy = InterleavePolicy::block;
};

std::ostream& operator<<(std::ostream& out, const Interleaving& c) {
  return out << c.network << ' ' << to_string(c.policy);
}

/// Drawn digits in grey; where a network wants colours, one digit per channel.
std::vector<std::vector<std::int32_t>> drawn_pictures(const Network& network, int count) {
  if (network.input.channels == 1) {
    return drawn_inputs(network, count);
  }
  const auto channels = static_cast<std::size_t>(network.input.channels);
  const auto rows = static_cast<std::size_t>(network.input.height);
  const auto columns = static_cast<std::size_t>(network.input.width);
  const LabelledSet digits = draw_digits(count * network.input.channels, 7);
  const auto digit_rows = static_cast<std::size_t>(digits.images.height);
  const auto digit_columns = static_cast<std::size_t>(digits.images.width);
  const InputConverter converter(network);
  std::vector<std::vector<std::int32_t>> inputs;
  for (std::size_t n = 0; n < static_cast<std::size_t>(count); ++n) {
    std::vector<std::uint8_t> pixels(channels * rows * columns);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      const std::size_t digit = n * channels + i / (rows * columns);
      const std::size_t row = i / columns % rows % digit_rows;
      const std::size_t column = i % columns % digit_columns;
      pixels[i] = digits.images.pixels[(digit * digit_rows + row) * digit_columns + column];
    }
    inputs.push_back(converter.quantise(pixels.data()));
  }
  return inputs;
}

class InterleavedTrainedNetworks : public testing::TestWithParam<Interleaving> {};

TEST_P(InterleavedTrainedNetworks, EqualGoldenInEveryLayerAndShareSlots) {
  const Interleaving& c = GetParam();
  const MemoryImage image = compiled(c.network, Scheme::interleaved, c.clusters, 32, c.policy);
  AcceleratorParams params = default_params(image);
  params.threshold = 2;  // never reached: every iteration runs
  const bool small = c.network == "lenet5";
  const auto inputs = drawn_pictures(image.network(), small ? 20 : 2);
  const GoldenComparison comparison = compare_with_golden(params, image, inputs);
  EXPECT_EQ(comparison.difference, "");
  EXPECT_EQ(comparison.maps_compared, inputs.size() * image.network().layers.size() *
                                          static_cast<unsigned>(image.info().iterations));
  std::uint64_t kernels = 0;
  std::uint64_t groups = 0;
  for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
    for (std::uint16_t i = 1; i <= image.info().iterations; ++i) {
      const LayerRecord& record = comparison.record.layers[l][i - 1U];
      const bool interleaved = image.is_interleaved(l, i);
      EXPECT_EQ(record.groups, interleaved ? image.groups(l, i).size() : record.nonzero_kernels);
      kernels += interleaved ? record.nonzero_kernels : 0;
      groups += interleaved ? record.groups : 0;
    }
  }
  EXPECT_GT(groups, 0U);
  EXPECT_LT(groups, kernels);
}

INSTANTIATE_TEST_SUITE_P(
    All, InterleavedTrainedNetworks,
    testing::Values(Interleaving{"lenet5", "12", InterleavePolicy::block},
                    Interleaving{"lenet5", "12", InterleavePolicy::block_fixed},
                    Interleaving{"lenet5", "12", InterleavePolicy::position},
                    Interleaving{"cifar10", "10", InterleavePolicy::block},
                    Interleaving{"cifar10", "10", InterleavePolicy::block_fixed},
                    Interleaving{"cifar10", "10", InterleavePolicy::position}),
    [](const testing::TestParamInfo<Interleaving>& test) {
      return test.param.network + "_" + to_string(test.param.policy);
    });

INSTANTIATE_TEST_SUITE_P(
    All, TrainedNetworks,
    testing::Values(Case{"lenet300-100", Scheme::iterative, "10"},
                    Case{"lenet300-100", Scheme::base, "10"},
                    Case{"lenet5", Scheme::iterative, "12"}, Case{"lenet5", Scheme::base, "12"},
                    Case{"lenet5", Scheme::iterative, "7", 16},
                    Case{"lenet5", Scheme::iterative, "5", 8},
                    Case{"lenet300-100", Scheme::iterative, "10", 32, Prefetch::next},
                    Case{"lenet5", Scheme::base, "12", 32, Prefetch::next},
                    Case{"lenet5", Scheme::iterative, "12", 32, Prefetch::next}),
    [](const testing::TestParamInfo<Case>& test) {
      std::string name = test.param.network + "_" + to_string(test.param.scheme) + "_" +
                         std::to_string(test.param.precision) +
                         (test.param.prefetch == Prefetch::next ? "_prefetch" : "");
      for (char& c : name) {
        c = c == '-' ? '_' : c;
      }
      return name;
    });

}  // namespace
}  // namespace airnn::test
