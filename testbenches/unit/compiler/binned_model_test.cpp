// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/binned_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "sw/compiler/image_builder.h"
#include "sw/format/errors.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn::test {
namespace {

std::set<float> distinct(const std::vector<float>& weights) {
  return {weights.begin(), weights.end()};
}

Model with_zeros(Model model) {
  for (LayerParameters& layer : model.parameters) {
    for (std::size_t i = 0; i < layer.weights.size(); i += 3) {
      layer.weights[i] = 0;
    }
  }
  return model;
}

double squares(const std::vector<float>& weights, const std::vector<float>& centres) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += std::pow(static_cast<double>(weights[i]) - static_cast<double>(centres[i]), 2);
  }
  return sum;
}

/// The least sum of squared distances with two bins, by trying all.
double best_of_two(std::vector<float> weights) {
  std::sort(weights.begin(), weights.end());
  double best = std::numeric_limits<double>::max();
  for (std::size_t split = 1; split < weights.size(); ++split) {
    std::vector<float> centres;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const auto begin = weights.begin() + static_cast<std::ptrdiff_t>(i < split ? 0 : split);
      const auto end =
          i < split ? weights.begin() + static_cast<std::ptrdiff_t>(split) : weights.end();
      double sum = 0;
      for (auto w = begin; w != end; ++w) {
        sum += static_cast<double>(*w);
      }
      centres.push_back(static_cast<float>(sum / static_cast<double>(end - begin)));
    }
    best = std::min(best, squares(weights, centres));
  }
  return best;
}

TEST(BinnedModel, HasTheBestCentres) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const Model model = neuron_layer("fc", 40, normal_weights(40, 0.3, seed), {0});
    const std::vector<float>& weights = model.parameters[0].weights;
    const std::vector<float> binned = binned_model(model, 2, 1).parameters[0].weights;
    EXPECT_EQ(distinct(binned).size(), 2U);
    EXPECT_NEAR(squares(weights, binned), best_of_two(weights), 1e-6);
    // Each is in the nearer bin.
    for (std::size_t i = 0; i < weights.size(); ++i) {
      for (const float centre : distinct(binned)) {
        EXPECT_LE(std::abs(weights[i] - binned[i]), std::abs(weights[i] - centre));
      }
    }
  }
}

TEST(BinnedModel, KeepsBiasesAndZeros) {
  const Model model = with_zeros(every_layer(5));
  const Model binned = binned_model(model, 6, 2);
  for (std::size_t l = 0; l < model.parameters.size(); ++l) {
    EXPECT_EQ(binned.parameters[l].bias, model.parameters[l].bias);
    const std::vector<float>& weights = model.parameters[l].weights;
    EXPECT_LE(distinct(binned.parameters[l].weights).size(), 6U);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] == 0) {
        EXPECT_EQ(binned.parameters[l].weights[i], 0) << l << " " << i;
      }
    }
  }
  EXPECT_EQ(binned_model(binned, 6, 1).parameters[0].weights, binned.parameters[0].weights);
}

CompileOptions binned_options(Scheme scheme, int bins, int precision) {
  CompileOptions options = options_with("4");
  options.scheme = scheme;
  options.bins = bins;
  options.precision = precision;
  return options;
}

TEST(BinnedImage, IsThatOfTheNetworkWithCentresAndAByteForEachWeight) {
  const Model model = with_zeros(every_layer(6));
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    for (const int precision : {32, 16, 8}) {
      CompileOptions options = binned_options(scheme, 7, precision);
      const CompileResult result = compile(model, options);
      const MemoryImage image = MemoryImage::parse(result.image, "binned");
      options.bins = 0;
      const MemoryImage plain =
          MemoryImage::parse(compile(binned_model(model, 7, 1), options).image, "plain");
      EXPECT_EQ(image.weight_bits(), precision);
      ASSERT_EQ(image.info().iterations, plain.info().iterations);
      std::uint64_t bytes = 0;
      for (const Section& section : image.sections()) {
        const bool is_value =
            section.kind == SectionKind::value || section.kind == SectionKind::dense_value;
        bytes += is_value ? section.bytes : 0;
        if (section.kind == SectionKind::bias || section.kind == SectionKind::column ||
            section.kind == SectionKind::row) {
          const Section* same =
              plain.find(section.kind, section.layer, section.iteration, section.cluster);
          ASSERT_NE(same, nullptr);
          EXPECT_EQ(crc32c(image.content(section)), crc32c(plain.content(*same)));
        }
      }
      std::uint64_t words = 0;
      for (std::uint16_t l = 0; l < plain.network().layers.size(); ++l) {
        EXPECT_EQ(image.dense_weights(l), plain.dense_weights(l));
        EXPECT_LE(image.codebook(l).size(), 7U);
        words += image.dense_weights(l).size();
      }
      for (std::uint16_t i = 1; i <= plain.info().iterations; ++i) {
        for (std::uint16_t c = 0; c < 2; ++c) {
          EXPECT_EQ(image.cluster(i, c).weights(), plain.cluster(i, c).weights());
          words += image.cluster(i, c).value.size();
        }
      }
      EXPECT_EQ(bytes, words);
      std::int64_t reported = 0;
      for (const LayerReport& layer : result.report.layers) {
        for (const BatchReport& batch : layer.batches) {
          reported += batch.value_bytes;
        }
      }
      EXPECT_EQ(reported, static_cast<std::int64_t>(words));
    }
  }
}

TEST(BinnedImage, HasBinsThatAreTheClustersIfThereAreAsMany) {
  const MemoryImage image = MemoryImage::parse(
      compile(every_layer(7), binned_options(Scheme::iterative, 4, 32)).image, "b");
  for (std::uint16_t i = 1; i <= image.info().iterations; ++i) {
    for (std::uint16_t c = 0; c < 2; ++c) {
      std::map<std::uint32_t, std::set<std::int32_t>> values;
      for (const CrsWeight& weight : image.cluster(i, c).weights()) {
        values[weight.layer].insert(weight.value);
      }
      EXPECT_FALSE(values.empty());
      for (const auto& [layer, of_layer] : values) {
        EXPECT_EQ(of_layer.size(), 1U) << "layer " << layer << ", cluster " << c << " of " << i;
      }
    }
  }
}

TEST(BinnedImage, RefusesNumbersOfBinsAndTablesOfProducts) {
  for (const int bins : {1, 257, -3}) {
    try {
      compile(every_layer(1), binned_options(Scheme::base, bins, 32));
      ADD_FAILURE() << bins;
    } catch (const UserError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("expected 2 to 256, or 0 for none"));
    }
  }
  Model model = every_layer(1);
  model.network.layers[0].product_table = 1;
  EXPECT_THROW(compile(model, binned_options(Scheme::base, 4, 8)), UserError);
}

}  // namespace
}  // namespace airnn::test
