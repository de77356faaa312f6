// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/formats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "sw/compiler/calibration_inputs.h"
#include "sw/compiler/image_builder.h"
#include "sw/format/errors.h"
#include "testbenches/unit/compiler/test_models.h"

namespace airnn {
namespace {

__extension__ using Wide = __int128;

constexpr Wide kMaxSum = (Wide{1} << 63) - 1;

Network formatted(const Model& model, int bits, const CompileOptions& options) {
  CompileOptions base = options;
  base.scheme = Scheme::base;
  base.precision = bits;
  return MemoryImage::parse(compile(model, base).image, "test").network();
}

std::string refusal(const Model& model, int bits) {
  try {
    formatted(model, bits, test::options_with("4"));
  } catch (const ModelError& error) {
    return error.what();
  }
  return "accepted";
}

/// Magnitudes of the integers of every tensor, proven anew with 128 bits. Expects every sum to stay
/// inside 64 bits, whatever the order and the subset of its terms.
class OverflowProof {
 public:
  explicit OverflowProof(const MemoryImage& image) : image_(image) {
    const Network& network = image.network();
    Wide pixels = 0;
    for (std::size_t c = 0; c < network.preprocess.mean.size(); ++c) {
      for (const double pixel : {0.0, 255.0}) {
        const double x = (pixel * network.preprocess.scale - network.preprocess.mean[c]) /
                         network.preprocess.deviation[c];
        const double scaled =
            std::round(std::ldexp(std::abs(x), network.input_format.fraction_bits));
        pixels = std::max(pixels, static_cast<Wide>(scaled));
      }
    }
    EXPECT_LE(pixels, network.input_format.max_integer()) << "an input saturates";
    input_ = Wide{network.input_format.largest_magnitude()};  // inputs need not come from pixels
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      magnitudes_.push_back(layer_magnitude(i));
    }
  }

 private:
  Wide magnitude(std::int32_t source) const {
    return source == kNetworkInput ? input_ : magnitudes_[static_cast<std::size_t>(source)];
  }

  static Wide align(Wide value, int from, int to) {
    return to >= from ? value << (to - from)
                      : (value + (Wide{1} << (from - to - 1))) >> (from - to);
  }

  Wide layer_magnitude(std::size_t index) const {
    const Network& network = image_.network();
    const Layer& layer = network.layers[index];
    if (layer.kind == LayerKind::pooling) {
      EXPECT_EQ(layer.output_format, network.format_of(layer.source));
      return magnitude(layer.source);
    }
    int sum_fraction = 0;
    Wide sum = 0;
    if (layer.has_weights()) {
      sum_fraction =
          layer.weight_format.fraction_bits + network.format_of(layer.source).fraction_bits;
      sum = weighted_sum(index);
    } else {
      sum_fraction = std::max(network.format_of(layer.source).fraction_bits,
                              network.format_of(layer.skip).fraction_bits);
      sum = align(magnitude(layer.source), network.format_of(layer.source).fraction_bits,
                  sum_fraction);
    }
    if (layer.skip != kNoSource) {
      sum +=
          align(magnitude(layer.skip), network.format_of(layer.skip).fraction_bits, sum_fraction);
    }
    const int shift = sum_fraction - layer.output_format.fraction_bits;
    EXPECT_GE(shift, 0) << layer.name;
    EXPECT_LE(shift, 62) << layer.name;
    sum += shift > 0 ? Wide{1} << (shift - 1) : 0;
    EXPECT_LE(sum, kMaxSum) << layer.name;
    const Wide saturated = std::min(sum >> shift, Wide{layer.output_format.largest_magnitude()});
    return std::min(saturated, std::max(Wide{layer.clamp_high}, -Wide{layer.clamp_low}));
  }

  Wide weighted_sum(std::size_t index) const {
    const Layer& layer = image_.network().layers[index];
    const auto weights = image_.dense_weights(static_cast<std::uint16_t>(index));
    const auto biases = image_.biases(static_cast<std::uint16_t>(index));
    Wide most = 0;
    std::size_t at = 0;
    for (const std::int64_t bias : biases) {
      Wide sum = bias < 0 ? -Wide{bias} : Wide{bias};
      for (std::int64_t c = 0; c < layer.columns; ++c) {
        const Wide weight = weights[at++];
        EXPECT_LE(weight, layer.weight_format.max_integer());
        sum += (weight < 0 ? -weight : weight) * magnitude(layer.source);
      }
      most = std::max(most, sum);
    }
    return most;
  }

  const MemoryImage& image_;
  Wide input_ = 0;
  std::vector<Wide> magnitudes_;
};

TEST(Formats, HaveNoSignWhereNothingCanBeNegativeIfThatIsAskedFor) {
  const Model model = test::every_layer(3);
  CompileOptions options = test::options_with("4");
  const Network with_signs = formatted(model, 8, options);
  options.drops_signs = true;
  const Network without = formatted(model, 8, options);
  EXPECT_FALSE(with_signs.input_format.is_unsigned);
  EXPECT_TRUE(without.input_format.is_unsigned) << "pixels are 0..1";
  EXPECT_EQ(without.input_format.fraction_bits, with_signs.input_format.fraction_bits + 1);
  int unsigned_layers = 0;
  for (std::size_t i = 0; i < without.layers.size(); ++i) {
    const Layer& layer = without.layers[i];
    const bool follows = layer.kind == LayerKind::pooling;
    const bool is_unsigned = follows ? without.format_of(layer.source).is_unsigned
                                     : layer.activation != Activation::none && layer.clamp_low >= 0;
    EXPECT_EQ(layer.output_format.is_unsigned, is_unsigned) << layer.name;
    EXPECT_FALSE(with_signs.layers[i].output_format.is_unsigned);
    if (is_unsigned && !follows) {
      // The bit of the sign, and that of the headroom; sums may not have as many.
      EXPECT_LE(layer.output_format.fraction_bits,
                with_signs.layers[i].output_format.fraction_bits + 2);
      EXPECT_GE(layer.output_format.fraction_bits,
                with_signs.layers[i].output_format.fraction_bits + 1);
      EXPECT_EQ(layer.clamp_low, 0);
      EXPECT_LE(layer.clamp_high, 255);
      ++unsigned_layers;
    }
  }
  EXPECT_GE(unsigned_layers, 1);
  EXPECT_FALSE(without.output_layer().output_format.is_unsigned);
}

TEST(Formats, NoSumOfATableCanOverflow) {
  Model model = test::every_layer(4);
  CompileOptions options = test::options_with("4");
  options.precision = 8;
  options.drops_signs = true;
  for (Layer& layer : model.network.layers) {
    layer.product_table = layer.has_weights() ? 77 : 0;
  }
  const CompileResult result = compile(model, options);
  const MemoryImage image = MemoryImage::parse(result.image, "test");
  EXPECT_EQ(image.network().layers.front().product_table, 77U);
  EXPECT_EQ(image.info().version, 2U);
}

TEST(Formats, NoSumCanOverflowWhateverTheWeights) {
  std::mt19937 generator(5);
  for (unsigned round = 0; round < 200; ++round) {
    const auto inputs = static_cast<std::int32_t>(1 + generator() % 700);
    const auto neurons = 1 + generator() % 4;
    const double weight = std::ldexp(1.0, static_cast<int>(generator() % 40) - 25);
    const double bias = std::ldexp(1.0, static_cast<int>(generator() % 30) - 15);
    const Model model = test::neuron_layer(
        "fc", inputs,
        test::normal_weights(neurons * static_cast<std::size_t>(inputs), weight, round),
        test::normal_weights(neurons, bias, round + 1000));
    CompileOptions options = test::options_with("4");
    options.scheme = Scheme::base;
    options.preprocess.scale = std::ldexp(1.0, -static_cast<int>(generator() % 12));
    options.preprocess.mean = {0.3};
    const MemoryImage image = MemoryImage::parse(compile(model, options).image, "test");
    OverflowProof proof(image);
  }
}

TEST(Formats, NoSumOfANetworkCanOverflow) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    for (const int bits : {32, 16, 8}) {
      CompileOptions options = test::options_with("4");
      options.scheme = Scheme::base;
      options.precision = bits;
      const MemoryImage image =
          MemoryImage::parse(compile(test::every_layer(seed), options).image, "test");
      OverflowProof proof(image);
    }
  }
}

TEST(Formats, NoSumOfANetworkCanOverflowForCalibrationInputsBeyondPixels) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Model model = test::every_layer(seed);
    std::mt19937 generator(seed);
    std::vector<float> beyond(static_cast<std::size_t>(model.network.input.size()));
    for (float& value : beyond) {
      value = std::ldexp(static_cast<float>(generator() % 2000) - 1000, static_cast<int>(seed) - 7);
    }
    for (const int bits : {32, 16}) {
      CompileOptions options = test::options_with("4");
      options.scheme = Scheme::base;
      options.precision = bits;
      options.calibration = {beyond};
      const MemoryImage image = MemoryImage::parse(compile(model, options).image, "test");
      OverflowProof proof(image);
      for (const float value : beyond) {
        EXPECT_LE(std::ldexp(std::abs(value), image.network().input_format.fraction_bits),
                  static_cast<float>(image.network().input_format.max_integer()));
      }
    }
  }
}

TEST(Formats, WeightsHaveAsManyFractionBitsAsThePrecisionAllows) {
  const Model model = test::neuron_layer("fc", 4, {0.4F, -0.3F, 0.2F, 0.1F}, {0.0F});
  const CompileOptions options = test::options_with("4");
  EXPECT_EQ(formatted(model, 8, options).layers[0].weight_format, (FixedFormat{8, 8}));
  EXPECT_EQ(formatted(model, 16, options).layers[0].weight_format, (FixedFormat{16, 16}));
}

TEST(Formats, WeightsGiveUpBitsForManyInputs) {
  // 4096 weights of almost 1 and inputs of almost 2^31: 31 fraction bits would need 74 bits.
  const Model model = test::neuron_layer("fc", 4096, std::vector<float>(4096, 0.99F), {0.0F});
  const Network network = formatted(model, 32, test::options_with("4"));
  const int fraction = network.layers[0].weight_format.fraction_bits;
  const Wide weight = static_cast<Wide>(std::round(std::ldexp(double{0.99F}, fraction)));
  const Wide input = Wide{1} << 31;  // whatever the format holds
  EXPECT_LE(4096 * weight * input, kMaxSum);
  EXPECT_GT(2 * 4096 * weight * input, kMaxSum) << "one more bit would have fitted";
}

TEST(Formats, InputHoldsEveryPixel) {
  const Model model = test::neuron_layer("fc", 2, {1.0F, 1.0F}, {0.0F});
  CompileOptions options = test::options_with("4");
  EXPECT_EQ(formatted(model, 8, options).input_format, (FixedFormat{8, 6}));
  options.preprocess.mean = {0.5};
  options.preprocess.deviation = {0.25};  // -2 .. 2
  EXPECT_EQ(formatted(model, 8, options).input_format, (FixedFormat{8, 5}));
  EXPECT_EQ(formatted(model, 16, options).input_format, (FixedFormat{16, 13}));
}

TEST(Formats, ActivationsHaveHeadroomOverWhatWasSeen) {
  // All-white images give 64, the sound bound: two bits of headroom over it would be wasted.
  const Model plain = test::neuron_layer("fc", 128, std::vector<float>(128, 0.5F), {0.0F});
  EXPECT_EQ(formatted(plain, 16, test::options_with("4")).layers[0].output_format.fraction_bits, 8);
  // Signs alternate: sums cancel in every image, far below the sound bound of 512.
  std::vector<float> weights(2048, 0.5F);
  for (std::size_t i = 0; i < weights.size(); i += 2) {
    weights[i] = -0.5F;
  }
  const Model cancelling = test::neuron_layer("fc", 2048, weights, {1.0F});
  const Preprocess preprocess = complete_preprocess({}, {1, 1, 2048});
  const ValueRange range =
      analyse_ranges(cancelling, preprocess, input_range(preprocess, {}), {}, 1).front();
  EXPECT_NEAR(range.sound(), 513, 1e-3);
  ASSERT_LT(4 * range.seen, range.sound()) << "must be decided by what was seen";
  const Network network = formatted(cancelling, 16, test::options_with("4"));
  const int fraction = network.layers[0].output_format.fraction_bits;
  EXPECT_LE(std::ldexp(4 * range.seen, fraction), 32767);
  EXPECT_GT(std::ldexp(4 * range.seen, fraction + 1), 32767);
}

TEST(Formats, RealInputsWidenWhatWasSeen) {
  std::vector<float> weights(64, 0.5F);
  std::fill(weights.begin() + 32, weights.end(), -0.5F);
  const Model model = test::neuron_layer("fc", 64, weights, {0.0F});
  CompileOptions options = test::options_with("4");
  const int synthetic = formatted(model, 8, options).layers[0].output_format.fraction_bits;
  std::vector<float> extreme(64, 1.0F);
  std::fill(extreme.begin() + 32, extreme.end(), 0.0F);
  options.calibration = {extreme};  // gives 16, the sound bound
  const int real = formatted(model, 8, options).layers[0].output_format.fraction_bits;
  EXPECT_LT(real, synthetic);
  EXPECT_EQ(real, 2);
  options.calibration = {{1.0F}};
  EXPECT_THROW(formatted(model, 8, options), DataError);
}

TEST(Formats, RealInputsBeyondPixelsWidenTheInputAndAllBehindIt) {
  const Model model = test::neuron_layer("fc", 2, {1.0F, 1.0F}, {0.0F});
  CompileOptions options = test::options_with("4");
  options.calibration = {{1.0F, 0.0F}};
  Network network = formatted(model, 8, options);
  EXPECT_EQ(network.input_format, (FixedFormat{8, 6})) << "a pixel";
  EXPECT_EQ(network.layers[0].output_format, (FixedFormat{8, 5}));
  options.calibration = {{1.0F, 0.0F}, {0.0F, -9.0F}, {7.0F, 7.0F}};
  network = formatted(model, 8, options);
  EXPECT_EQ(network.input_format, (FixedFormat{8, 3})) << "-9 .. 7";
  EXPECT_EQ(network.layers[0].output_format, (FixedFormat{8, 2})) << "-18 .. 14";
  options.calibration = {{1.0F, 1e30F}};
  EXPECT_THROW(formatted(model, 8, options), ModelError);
}

TEST(Formats, PixelsRoundedToFloatsWidenNothing) {
  Preprocess preprocess = complete_preprocess({}, {1, 1, 2});
  preprocess.mean = {0.456};
  preprocess.deviation = {0.224};
  const ValueRange pixels = input_range(preprocess, {});
  const ValueRange floats =
      input_range(preprocess, {{static_cast<float>(pixels.low), static_cast<float>(pixels.high)}});
  EXPECT_EQ(floats.low, pixels.low);
  EXPECT_EQ(floats.high, pixels.high);
  EXPECT_GT(double{static_cast<float>(pixels.high)}, pixels.high) << "must be a case of rounding";
}

TEST(Formats, ActivationBoundsAreIntegersOfTheOutputFormat) {
  const Network network = formatted(test::every_layer(1), 16, test::options_with("4"));
  const Layer& relu = network.layers[0];
  EXPECT_EQ(relu.clamp_low, 0);
  EXPECT_EQ(relu.clamp_high, 32767);
  const Layer& clip = network.layers[1];
  EXPECT_EQ(clip.clamp_low, 0);
  EXPECT_EQ(clip.clamp_high,
            std::min<std::int64_t>(6LL << clip.output_format.fraction_bits, 32767));
  const Layer& none = network.layers[2];
  EXPECT_EQ(none.clamp_low, -32768);
  EXPECT_EQ(none.clamp_high, 32767);
}

TEST(Formats, BiasesAreInTheFormatOfTheSums) {
  const Model model = test::neuron_layer("fc", 2, {0.5F, 0.25F}, {-0.75F});
  const Network network = formatted(model, 16, test::options_with("4"));
  const int fraction =
      network.layers[0].weight_format.fraction_bits + network.input_format.fraction_bits;
  EXPECT_EQ(integer_biases(network, 0, model.parameters[0]).front(),
            static_cast<std::int64_t>(std::ldexp(-0.75, fraction)));
}

TEST(Formats, RefusesWeightsThatNoFormatHolds) {
  const std::string message = refusal(test::neuron_layer("huge", 2, {1e20F, 0.5F}, {0.0F}), 32);
  EXPECT_THAT(message, testing::HasSubstr("'huge'"));
  EXPECT_THAT(message, testing::HasSubstr("1e+20"));
  EXPECT_THAT(refusal(test::neuron_layer("wide", 2, {200.0F, 0.5F}, {0.0F}), 8),
              testing::HasSubstr("8-bit"));
}

TEST(Formats, RefusesResultsAndBiasesThatNoFormatHolds) {
  EXPECT_THAT(refusal(test::neuron_layer("bias", 1, {0.5F}, {1e15F}), 32),
              testing::HasSubstr("'bias'"));
  const std::string message =
      refusal(test::neuron_layer("sum", 64, std::vector<float>(64, 100.0F), {0.0F}), 8);
  EXPECT_THAT(message, testing::HasSubstr("'sum'"));
  EXPECT_THAT(message, testing::HasSubstr("8 bits"));
}

TEST(Formats, AcceptsALayerOfZeros) {
  const Model model = test::neuron_layer("fc", 3, {0, 0, 0}, {0.0F});
  const CompileResult result = compile(model, test::options_with("4"));
  EXPECT_EQ(result.report.weights, 0);
  EXPECT_EQ(MemoryImage::parse(result.image, "test").info().iterations, 1);
}

TEST(CalibrationInputs, AreTheSameEveryTimeAndInsideThePixelRange) {
  const Preprocess preprocess = complete_preprocess({}, {3, 20, 30});
  const auto inputs = synthetic_inputs({3, 20, 30}, preprocess);
  EXPECT_EQ(inputs, synthetic_inputs({3, 20, 30}, preprocess));
  for (const auto& input : inputs) {
    ASSERT_EQ(input.size(), 1800U);
    EXPECT_GE(*std::min_element(input.begin(), input.end()), 0.0F);
    EXPECT_LE(*std::max_element(input.begin(), input.end()), 1.0F);
  }
  EXPECT_NE(inputs[0], inputs[5]) << "further noise is other noise";
}

TEST(CalibrationInputs, RefusesPreprocessingThatDoesNotFit) {
  Preprocess preprocess;
  preprocess.mean = {0.5, 0.5};
  EXPECT_THROW(complete_preprocess(preprocess, {3, 4, 4}), UserError);
  preprocess.mean = {};
  preprocess.deviation = {0.0};
  EXPECT_THROW(complete_preprocess(preprocess, {1, 4, 4}), UserError);
}

}  // namespace
}  // namespace airnn
