// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/image_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>

#include "sw/compiler/fixed_point.h"
#include "sw/format/errors.h"
#include "sw/golden/fixed_inference.h"
#include "sw/golden/float_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

MemoryImage image_of(const CompileResult& result) {
  return MemoryImage::parse(result.image, "test");
}

MemoryImage image_of(const Model& model, const CompileOptions& options) {
  return image_of(compile(model, options));
}

/// All weights of all batches, dense, per layer; expects none to come twice and rows to ascend.
std::vector<std::vector<std::int32_t>> collect(const MemoryImage& image) {
  const auto& layers = image.network().layers;
  std::vector<std::vector<std::int32_t>> dense;
  for (const Layer& layer : layers) {
    dense.emplace_back(static_cast<std::size_t>(layer.kernels * layer.columns), 0);
  }
  for (int iteration = 1; iteration <= image.info().iterations; ++iteration) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      const CrsCluster cluster = image.cluster(static_cast<std::uint16_t>(iteration), c);
      const CrsWeight* last = nullptr;
      const auto weights = cluster.weights();
      for (const CrsWeight& weight : weights) {
        EXPECT_NE(weight.value, 0);
        if (last != nullptr) {
          EXPECT_LT(std::tie(last->layer, last->row, last->column),
                    std::tie(weight.layer, weight.row, weight.column));
        }
        last = &weight;
        const std::size_t at =
            weight.row * static_cast<std::size_t>(layers[weight.layer].columns) + weight.column;
        EXPECT_EQ(dense[weight.layer][at], 0) << "a weight comes twice";
        dense[weight.layer][at] = weight.value;
      }
    }
  }
  return dense;
}

std::string refusal(const CompileOptions& options) {
  try {
    compile(test::every_layer(1), options);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ImageBuilder, EveryWeightIsInExactlyOneBatch) {
  const Model model = test::every_layer(3);
  for (const int bits : {32, 16, 8}) {
    CompileOptions options = test::options_with("6,fc=3,depthwise=1");
    options.precision = bits;
    const MemoryImage image = image_of(model, options);
    const auto dense = collect(image);
    options.scheme = Scheme::base;
    const MemoryImage base = image_of(model, options);
    options.sparse = true;
    const MemoryImage sparse = image_of(model, options);
    EXPECT_EQ(sparse.info().iterations, 1);
    EXPECT_EQ(collect(sparse), dense);
    for (std::size_t i = 0; i < dense.size(); ++i) {
      const Layer& layer = image.network().layers[i];
      if (!layer.has_weights()) {
        continue;
      }
      std::vector<std::int32_t> quantised;
      for (const float weight : model.parameters[i].weights) {
        const double scaled = std::ldexp(double{weight}, layer.weight_format.fraction_bits);
        quantised.push_back(static_cast<std::int32_t>(std::round(scaled)));
      }
      EXPECT_EQ(dense[i], quantised) << layer.name;
      EXPECT_EQ(base.dense_weights(static_cast<std::uint16_t>(i)), quantised) << layer.name;
      EXPECT_EQ(base.biases(static_cast<std::uint16_t>(i)),
                image.biases(static_cast<std::uint16_t>(i)));
      const auto zeros = std::count(quantised.begin(), quantised.end(), 0);
      EXPECT_EQ(layer.zeros, zeros);
      EXPECT_EQ(sparse.network().layers[i].clusters, 0);
      EXPECT_EQ(layer.weights + layer.zeros, static_cast<std::int64_t>(quantised.size()));
    }
  }
}

TEST(ImageBuilder, BatchHasTheLargestAndTheSmallestMeans) {
  const MemoryImage image = image_of(test::every_layer(3), test::options_with("7"));
  EXPECT_EQ(image.info().iterations, 4);
  const std::size_t layers = image.network().layers.size();
  std::vector<std::int32_t> least(layers, 0x7FFFFFFF);  // of the clusters with large means so far
  std::vector<std::int32_t> most(layers, -0x7FFFFFFF);  // of those with small means
  for (std::uint16_t iteration = 1; iteration <= 4; ++iteration) {
    std::vector<std::int32_t> next_least = least;
    std::vector<std::int32_t> next_most = most;
    for (const CrsWeight& weight : image.cluster(iteration, 0).weights()) {
      EXPECT_LT(weight.value, least[weight.layer]);
      next_least[weight.layer] = std::min(next_least[weight.layer], weight.value);
    }
    for (const CrsWeight& weight : image.cluster(iteration, 1).weights()) {
      EXPECT_GT(weight.value, most[weight.layer]);
      next_most[weight.layer] = std::max(next_most[weight.layer], weight.value);
    }
    least = next_least;
    most = next_most;
  }
  EXPECT_TRUE(image.cluster(4, 1).value.empty()) << "an odd number of clusters ends with one";
}

TEST(ImageBuilder, LayersWithFewClustersAreCompleteEarlier) {
  const MemoryImage image = image_of(test::every_layer(2), test::options_with("8,fc=2"));
  EXPECT_EQ(image.info().iterations, 4);
  EXPECT_EQ(image.network().layers[5].clusters, 2);
  for (std::uint16_t iteration = 2; iteration <= 4; ++iteration) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      for (const CrsWeight& weight : image.cluster(iteration, c).weights()) {
        EXPECT_NE(weight.layer, 5U);
      }
    }
  }
}

TEST(ImageBuilder, AlwaysLoadedLayersAreInTheFirstBatch) {
  CompileOptions options = test::options_with("6");
  options.always_loaded = {"first", "depthwise"};
  const CompileResult result = compile(test::every_layer(2), options);
  const MemoryImage image = image_of(result);
  EXPECT_EQ(image.network().layers[0].clusters, 0);
  EXPECT_EQ(image.network().layers[1].clusters, 0);
  EXPECT_EQ(image.network().layers[2].clusters, 6);
  std::vector<std::int64_t> in_first(6, 0);
  for (const CrsWeight& weight : image.cluster(1, 0).weights()) {
    ++in_first[weight.layer];
  }
  EXPECT_EQ(in_first[0], image.network().layers[0].weights);
  EXPECT_EQ(in_first[1], image.network().layers[1].weights);
  EXPECT_LT(in_first[2], image.network().layers[2].weights);
  EXPECT_TRUE(result.report.layers[0].always_loaded);
  EXPECT_EQ(result.report.layers[0].batches[0].fraction, 1.0);
  collect(image);
}

TEST(ImageBuilder, ClusteredLayersAreThoseThatAreNotAlwaysLoaded) {
  CompileOptions options = test::options_with("6");
  options.always_loaded = {"first", "depthwise"};
  const auto due = compile(test::every_layer(2), options).image;
  options.always_loaded = {"none"};
  options.clustered = {"pointwise", "last"};
  EXPECT_EQ(compile(test::every_layer(2), options).image, due);
  options.clustered = {"pointwise"};
  EXPECT_NE(compile(test::every_layer(2), options).image, due);
}

TEST(ImageBuilder, EverythingAlwaysLoadedNeedsOneIteration) {
  CompileOptions options = test::options_with("6");
  options.always_loaded = {"conv", "depthwise", "pointwise", "last"};
  const CompileResult result = compile(test::every_layer(2), options);
  EXPECT_EQ(result.report.iterations, 1);
  EXPECT_EQ(result.report.cumulative_fraction, std::vector<double>{1.0});
}

TEST(ImageBuilder, NeverStoresZerosOfAPrunedModel) {
  Model model = test::every_layer(4);
  for (LayerParameters& parameters : model.parameters) {
    for (float& weight : parameters.weights) {
      weight = std::abs(weight) < 0.15F ? 0.0F : weight;
    }
  }
  const CompileResult result = compile(model, test::options_with("4"));
  for (const LayerReport& layer : result.report.layers) {
    EXPECT_GT(layer.zeros, 0);
    for (const Cluster& cluster : layer.clusters) {
      EXPECT_FALSE(cluster.lowest == 0 || cluster.highest == 0);
    }
  }
  collect(image_of(result));
}

TEST(ImageBuilder, DropsWeightsThatRoundToZero) {
  const Model model = test::neuron_layer("fc", 5, {0.5F, -0.5F, 0.25F, 1e-4F, -1e-6F}, {0.0F});
  CompileOptions options = test::options_with("3");
  options.precision = 8;
  const Network network = image_of(model, options).network();
  EXPECT_EQ(network.layers[0].weights, 3);
  EXPECT_EQ(network.layers[0].zeros, 2);
  EXPECT_EQ(network.layers[0].clusters, 3);
}

TEST(ImageBuilder, FewerDistinctWeightsThanClustersGiveFewerClusters) {
  const Model model = test::neuron_layer("fc", 4, {1, -1, 1, -1}, {0.0F});
  const MemoryImage image = image_of(model, test::options_with("10"));
  EXPECT_EQ(image.info().iterations, 1);
  EXPECT_EQ(image.network().layers[0].clusters, 2);
  EXPECT_EQ(image.cluster(1, 0).value.size(), 2U);
}

TEST(ImageBuilder, IsTheSameForAnyNumberOfThreads) {
  for (const InitMethod init : {InitMethod::optimal, InitMethod::random}) {
    CompileOptions options = test::options_with("elbow,fc=4");
    options.init = init;
    options.threads = 1;
    const auto one = compile(test::every_layer(5), options).image;
    options.threads = 4;
    EXPECT_EQ(one, compile(test::every_layer(5), options).image);
  }
}

TEST(ImageBuilder, BaseAndAllIterationsGiveTheSameOutputs) {
  const Model model = test::every_layer(6);
  CompileOptions options = test::options_with("6");
  const golden::FixedInference iterative(image_of(model, options));
  options.scheme = Scheme::base;
  const golden::FixedInference base(image_of(model, options));
  const golden::FloatInference real(model);
  std::mt19937 generator(1);
  for (int round = 0; round < 10; ++round) {
    std::vector<std::int32_t> input;
    std::vector<float> real_input;
    const double scale = std::ldexp(1.0, base.network().input_format.fraction_bits);
    for (int i = 0; i < 128; ++i) {
      real_input.push_back(static_cast<float>(generator() % 256) / 255.0F);
      input.push_back(static_cast<std::int32_t>(quantise(real_input.back(), scale)));
    }
    const auto expected = base.run(input, 1).outputs;
    EXPECT_EQ(iterative.run(input, iterative.iterations()).outputs, expected);
    EXPECT_NE(iterative.run(input, 1).outputs, expected);
    const auto reference = real.run(real_input).logits();
    const int fraction = base.network().output_layer().output_format.fraction_bits;
    for (std::size_t i = 0; i < reference.size(); ++i) {
      EXPECT_NEAR(std::ldexp(expected.back()[i], -fraction), reference[i], 1e-4);
    }
  }
}

TEST(ImageBuilder, ReportAddsUp) {
  CompileOptions options = test::options_with("5");
  options.index_width = 8;
  const CompileResult result = compile(test::every_layer(7), options);
  const MemoryImage image = image_of(result);
  ASSERT_EQ(result.report.layers.size(), 4U);
  ASSERT_EQ(result.report.cumulative_fraction.size(), 3U);
  EXPECT_DOUBLE_EQ(result.report.cumulative_fraction.back(), 1.0);
  std::map<SectionKind, std::int64_t> bytes;
  for (const Section& section : image.sections()) {
    bytes[section.kind] += static_cast<std::int64_t>(section.bytes);
  }
  BatchReport sum;
  std::int64_t weights = 0;
  for (const LayerReport& layer : result.report.layers) {
    double fraction = 0;
    std::int64_t kernels = 0;
    for (const BatchReport& batch : layer.batches) {
      sum.value_bytes += batch.value_bytes;
      sum.column_bytes += batch.column_bytes;
      sum.row_bytes += batch.row_bytes;
      sum.layer_bytes += batch.layer_bytes;
      fraction += batch.fraction;
      weights += batch.weights;
      EXPECT_GE(batch.nonzero_kernels, kernels);
      kernels = batch.nonzero_kernels;
    }
    EXPECT_DOUBLE_EQ(fraction, 1.0);
    EXPECT_EQ(kernels, layer.kernels);
    EXPECT_EQ(layer.clusters.size(), 5U);
  }
  EXPECT_EQ(sum.value_bytes, bytes[SectionKind::value]);
  EXPECT_EQ(sum.column_bytes, bytes[SectionKind::column]);
  EXPECT_EQ(sum.row_bytes, bytes[SectionKind::row]);
  EXPECT_EQ(sum.layer_bytes, bytes[SectionKind::layer]);
  EXPECT_EQ(weights, result.report.weights);
}

TEST(ImageBuilder, ElbowOfTheNetworkComesFromTheAverageCurve) {
  const CompileResult result = compile(test::every_layer(8), test::options_with("elbow,fc=elbow"));
  const CompileReport& report = result.report;
  ASSERT_EQ(report.average_curve.size(), 20U);
  EXPECT_GT(report.network_elbow, 1);
  double sum = 0;
  for (const LayerReport& layer : report.layers) {
    sum += layer.curve[4];
    const int expected = layer.name == "fc" ? layer.elbow : report.network_elbow;
    EXPECT_EQ(layer.clusters.size(), static_cast<std::size_t>(expected)) << layer.name;
  }
  EXPECT_NEAR(report.average_curve[4], sum / 4, 1e-12);
  EXPECT_TRUE(compile(test::every_layer(8), test::options_with("4")).report.average_curve.empty());
}

TEST(ImageBuilder, ChoosesTheIndexWidthThatFits) {
  CompileOptions options = test::options_with("2");
  EXPECT_EQ(compile(test::every_layer(1), options).report.widths.index_bytes, 2);
  const Model wide =
      test::neuron_layer("wide", 70000, test::normal_weights(70000, 0.01, 1), {0.0F});
  const CompileResult result = compile(wide, options);
  EXPECT_EQ(result.report.widths.index_bytes, 4);
  collect(image_of(result));
  options.index_width = 16;
  try {
    compile(wide, options);
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("'wide' has 70000 columns"));
  }
  const Model just = test::neuron_layer("just", 256, test::normal_weights(256, 0.01, 1), {0.0F});
  options.index_width = 8;
  EXPECT_EQ(compile(just, options).report.widths.index_bytes, 1);
}

TEST(ImageBuilder, RefusesOptionsThatDoNotFit) {
  CompileOptions options = test::options_with("4");
  options.scheme = Scheme::interleaved;
  for (const int blocks : {-1, 3, 6, 100, 129, 256}) {
    options.interleave.blocks = blocks;
    EXPECT_THAT(refusal(options), testing::HasSubstr("a power of two from 1 to 128"));
  }
  options.interleave = {};
  options.interleave.iterations = 0;
  EXPECT_THAT(refusal(options), testing::HasSubstr("--interleaved-iterations: 0"));
  options = test::options_with("4");
  options.precision = 24;
  EXPECT_THAT(refusal(options), testing::HasSubstr("32, 16 or 8"));
  options = test::options_with("4");
  options.index_width = 12;
  EXPECT_THAT(refusal(options), testing::HasSubstr("8, 16, 32"));
  options = test::options_with("4");
  options.always_loaded = {"cnv"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("'conv'"));
  options.always_loaded = {"none", "conv"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("'none'"));
  options = test::options_with("4");
  options.clustered = {"all", "conv"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("--clustered: 'all'"));
  options.clustered = {"cnv"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("--clustered: "));
  options.clustered = {"conv"};
  options.always_loaded = {"first"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("--clustered: says the same"));
  options = test::options_with("4,conv=3");
  options.always_loaded = {"conv"};
  EXPECT_THAT(refusal(options), testing::HasSubstr("'conv' is always loaded"));
}

TEST(ImageBuilder, PublishedFractionsOfLenet300ComeOut) {
  const Model model = read_onnx(source_path("models/lenet300-100.onnx"));
  const CompileResult result = compile(model, test::options_with("10"));
  const std::vector<double> expected{.0094, .0519, .1572, .3599, 1.0};
  ASSERT_EQ(result.report.cumulative_fraction.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_NEAR(result.report.cumulative_fraction[i], expected[i], 0.0002) << "iteration " << i + 1;
  }
}

TEST(ImageBuilder, ProjectModelsCompileInEveryPrecision) {
  for (const char* name : {"lenet5", "cifar10"}) {
    const Model model = read_onnx(source_path("models/") + name + ".onnx");
    for (const int bits : {32, 16, 8}) {
      CompileOptions options = test::options_with("10");
      options.precision = bits;
      const CompileResult result = compile(model, options);
      EXPECT_EQ(result.report.iterations, 5) << name;
      EXPECT_NO_THROW(golden::FixedInference(image_of(result))) << name;
    }
  }
}

TEST(ImageBuilder, WhatACheckpointThrowsEndsTheWorkAtOnce) {
  struct Stop {};
  const Model model = test::every_layer(3);
  CompileOptions options = test::options_with("elbow");
  options.scheme = Scheme::interleaved;
  options.calibration.resize(5, std::vector<float>(128, 0.5F));
  options.threads = 1;
  int passed = 0;
  options.checkpoint = [&] { ++passed; };
  const std::vector<std::uint8_t> image = compile(model, options).image;
  // Bounds of 6 layers, 5 inferences of them, 4 curves of 20 points, and more.
  EXPECT_GT(passed, 6 + 5 * 6 + 4 * 20);
  const int all = passed;
  for (int end = 1; end <= all; end += 7) {
    passed = 0;
    options.checkpoint = [&] {
      if (++passed >= end) {
        throw Stop();
      }
    };
    EXPECT_THROW(compile(model, options), Stop);
    // Tasks that had not begun only come to their first checkpoint.
    EXPECT_LT(passed, end + 40) << end;
  }
  options.checkpoint = nullptr;
  EXPECT_EQ(compile(model, options).image, image);
}

}  // namespace
}  // namespace airnn
