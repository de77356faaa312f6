// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/network_tuning.h"

#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "sw/compiler/image_builder.h"
#include "sw/compiler/tuned_layers.h"
#include "sw/compiler/weight_rounding.h"
#include "sw/format/errors.h"
#include "sw/format/memory_image.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

using testing::HasSubstr;

/// Products that have little to do with what they should be; some weights are better replaced by
/// zero.
std::shared_ptr<const ProductTable> random_table() {
  std::mt19937 random(11);
  return std::make_shared<const ProductTable>(
      ProductTable::from_function([&](std::uint32_t a, std::uint32_t b) {
        return (a * b + static_cast<std::uint32_t>(random() % 4000)) % 65536U;
      }));
}

struct Compiled {
  explicit Compiled(const CompileResult& result)
      : report(result.report), image(MemoryImage::parse(result.image, "test")) {}

  CompileReport report;
  MemoryImage image;
};

class NetworkTuningTest : public testing::TestWithParam<Scheme> {
 protected:
  /// The layers of `tuned` have random products, and weights for them.
  Compiled compiled(const std::set<std::string>& tuned, bool drops_signs = false) const {
    Model model = test::every_layer(3);
    CompileOptions options = test::options_with("4");
    options.scheme = GetParam();
    options.precision = 8;
    options.drops_signs = drops_signs;
    options.tuned_for.resize(model.network.layers.size());
    for (std::size_t i = 0; i < model.network.layers.size(); ++i) {
      Layer& layer = model.network.layers[i];
      layer.product_table = layer.has_weights() ? table_->crc32c() : 0;
      options.tuned_for[i] = tuned.count(layer.name) != 0 ? table_ : nullptr;
    }
    return Compiled(compile(model, options));
  }

  std::int32_t replaced(const Network& network, std::size_t layer, std::int32_t value) const {
    const bool is_unsigned = network.format_of(network.layers[layer].source).is_unsigned;
    const TuningMap& map = is_unsigned ? of_unsigned_ : of_signed_;
    const std::int32_t magnitude = map[static_cast<std::size_t>(std::abs(value))];
    return value < 0 ? -magnitude : value > 0 ? magnitude : 0;
  }

  const std::shared_ptr<const ProductTable> table_ = random_table();
  const TuningMap of_signed_ = tuning_map(*table_, 127, 127);
  const TuningMap of_unsigned_ = tuning_map(*table_, 255, 127);
};

/// Every weight that an image stores: where it is, in which cluster it comes, and its value.
using Stored = std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>,
                        std::tuple<int, int, std::int32_t>>;

Stored stored_in(const MemoryImage& image) {
  Stored stored;
  if (image.info().scheme == Scheme::base) {
    for (std::uint16_t l = 0; l < image.network().layers.size(); ++l) {
      const Layer& layer = image.network().layers[l];
      const std::vector<std::int32_t> weights =
          layer.has_weights() ? image.dense_weights(l) : std::vector<std::int32_t>();
      for (std::uint32_t i = 0; i < weights.size(); ++i) {
        if (weights[i] != 0) {
          const auto columns = static_cast<std::uint32_t>(layer.columns);
          stored[{l, i / columns, i % columns}] = {1, 0, weights[i]};
        }
      }
    }
    return stored;
  }
  for (std::uint16_t iteration = 1; iteration <= image.info().iterations; ++iteration) {
    for (std::uint16_t cluster = 0; cluster < 2; ++cluster) {
      for (const CrsWeight& weight : image.cluster(iteration, cluster).weights()) {
        stored[{weight.layer, weight.row, weight.column}] = {iteration, cluster, weight.value};
      }
    }
  }
  return stored;
}

TEST_P(NetworkTuningTest, ReplacesWeightsWhereTheyAre) {
  for (const bool drops_signs : {false, true}) {
    const Compiled plain = compiled({}, drops_signs);
    const Compiled tuned = compiled({"conv", "depthwise"}, drops_signs);
    const Network& network = plain.image.network();
    Stored expected;
    for (const auto& [place, what] : stored_in(plain.image)) {
      const std::size_t layer = std::get<0>(place);
      const auto [iteration, cluster, value] = what;
      const bool is_tuned = tuned.image.network().layers[layer].is_tuned;
      const std::int32_t stays = is_tuned ? replaced(network, layer, value) : value;
      if (stays != 0) {
        expected[place] = {iteration, cluster, stays};
      }
    }
    EXPECT_LT(expected.size(), stored_in(plain.image).size()) << "some become zero";
    EXPECT_TRUE(stored_in(tuned.image) == expected);
  }
}

TEST_P(NetworkTuningTest, SaysSoInTheNetwork) {
  const Compiled plain = compiled({});
  const Compiled tuned = compiled({"conv", "depthwise"});
  for (std::size_t i = 0; i < tuned.image.network().layers.size(); ++i) {
    const Layer& layer = tuned.image.network().layers[i];
    const Layer& before = plain.image.network().layers[i];
    const bool is_named = layer.name == "conv" || layer.name == "depthwise";
    EXPECT_EQ(layer.is_tuned, is_named) << layer.name;
    EXPECT_FALSE(before.is_tuned);
    EXPECT_EQ(layer.product_table, before.product_table);
    EXPECT_EQ(layer.clusters, before.clusters);
    EXPECT_EQ(layer.weights + layer.zeros, before.weights + before.zeros);
    EXPECT_EQ(layer.weights < before.weights, is_named) << layer.name;
    EXPECT_EQ(layer.weight_format, before.weight_format);
  }
  EXPECT_EQ(tuned.image.info().iterations, plain.image.info().iterations);
  std::int64_t weights = 0;
  for (const LayerReport& layer : tuned.report.layers) {
    weights += layer.weights;
  }
  EXPECT_EQ(tuned.report.weights, weights);
}

TEST_P(NetworkTuningTest, IsTheSameImageWhereNoLayerIsTuned) {
  Model model = test::every_layer(3);
  CompileOptions options = test::options_with("4");
  options.scheme = GetParam();
  options.precision = 8;
  const std::vector<std::uint8_t> plain = compile(model, options).image;
  options.tuned_for.resize(model.network.layers.size());
  EXPECT_TRUE(compile(model, options).image == plain);
}

INSTANTIATE_TEST_SUITE_P(Schemes, NetworkTuningTest,
                         testing::Values(Scheme::base, Scheme::iterative, Scheme::interleaved),
                         [](const auto& scheme) { return std::string(to_string(scheme.param)); });

std::shared_ptr<const ProductTable> table_of(
    const std::function<std::uint32_t(std::uint32_t, std::uint32_t)>& multiply) {
  return std::make_shared<const ProductTable>(ProductTable::from_function(multiply));
}

/// The first layer tuned for this table.
MemoryImage tuned_for(const std::shared_ptr<const ProductTable>& table, Scheme scheme) {
  Model model = test::every_layer(3);
  CompileOptions options = test::options_with("4");
  options.scheme = scheme;
  options.precision = 8;
  options.tuned_for.resize(model.network.layers.size());
  options.tuned_for[0] = table;
  model.network.layers[0].product_table = table->crc32c();
  return MemoryImage::parse(compile(model, options).image, "test");
}

std::string refusal_of(const std::shared_ptr<const ProductTable>& table, Scheme scheme) {
  try {
    tuned_for(table, scheme);
  } catch (const UserError& error) {
    return error.what();
  }
  return "<accepted>";
}

TEST(NetworkTuning, RefusesALayerThatHasNothingLeftOfACluster) {
  const auto none = table_of([](std::uint32_t, std::uint32_t b) { return b == 0 ? 0U : 65535U; });
  // Zero gives what a weight of 30 should, so large weights become zero, and small ones stay.
  const auto small = table_of([](std::uint32_t a, std::uint32_t b) {
    return b == 0 ? a * 30 : b < 8 ? a * b : 65535U;
  });
  EXPECT_EQ(tuned_for(none, Scheme::base).network().layers[0].weights, 0);
  EXPECT_GT(tuned_for(small, Scheme::base).network().layers[0].weights, 0);
  for (const Scheme scheme : {Scheme::iterative, Scheme::interleaved}) {
    for (const auto& table : {none, small}) {
      EXPECT_THAT(refusal_of(table, scheme),
                  HasSubstr("--tune-weights: layer 'conv': nothing is left of the cluster from "));
    }
  }
}

TEST(WeightRounding, KeepsTheSignAndZero) {
  Layer layer;
  layer.weight_format = {8, 7};
  TuningMap map{};
  map.fill(9);
  map[3] = 0;
  const WeightRounding tuned(layer, &map);
  EXPECT_EQ(tuned(0.5F), 9);
  EXPECT_EQ(tuned(-0.5F), -9);
  EXPECT_EQ(tuned(-1.0F), -9) << "-128 has a magnitude of its own";
  EXPECT_EQ(tuned(0.0F), 0);
  EXPECT_EQ(tuned(0.003F), 0) << "rounds to zero";
  EXPECT_EQ(tuned(-3.0F / 128), 0);
  EXPECT_EQ(WeightRounding(layer)(-0.5F), -64);
}

/// Two elements: 0 is random, 1 exact; "conv" has the first, "depthwise" the second.
class TunedLayers : public testing::Test {
 protected:
  TunedLayers() {
    elements_.elements = {{"random", 0.5, random_table()}, {"exact", 1, nullptr}};
    elements_.of_layer.assign(network_.layers.size(), kNoElement);
    elements_.of_layer[index("conv")] = 0;
    elements_.of_layer[index("depthwise")] = 1;
  }

  std::size_t index(const std::string& name) const {
    std::size_t i = 0;
    while (network_.layers[i].name != name) {
      ++i;
    }
    return i;
  }
  std::string tuned(const std::vector<std::string>& names) const {
    std::string text;
    const TunedTables tables = tuned_layers(names, network_, elements_);
    for (std::size_t i = 0; i < tables.size(); ++i) {
      text += tables[i] != nullptr ? network_.layers[i].name + " " : "";
    }
    return text;
  }
  std::string refusal(const std::vector<std::string>& names) const {
    try {
      tuned(names);
    } catch (const UserError& error) {
      return error.what();
    }
    return "<accepted>";
  }

  const Network network_ = test::every_layer(3).network;
  LayerElements elements_;
};

TEST_F(TunedLayers, AreThoseWithMultipliersThatAreNotExact) {
  EXPECT_EQ(tuned({"none"}), "");
  EXPECT_EQ(tuned({"all"}), "conv ");
  EXPECT_EQ(tuned({"conv"}), "conv ");
  EXPECT_EQ(tuned({"depthwise", "conv"}), "conv ");
}

TEST_F(TunedLayers, AreRefusedWhereThereIsNothingToTuneFor) {
  EXPECT_THAT(refusal({"fc"}), HasSubstr("--tune-weights: layer 'fc' has no element"));
  EXPECT_THAT(refusal({"con"}), HasSubstr("the nearest name is 'conv'"));
  EXPECT_THAT(refusal({"conv", "none"}), HasSubstr("none and all stand alone"));
  elements_ = {};
  EXPECT_THAT(refusal({"all"}), HasSubstr("--tune-weights: there are no multipliers to tune for"));
  EXPECT_EQ(tuned({"none"}), "");
}

}  // namespace
}  // namespace airnn
