// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>

#include "sw/compiler/fixed_point.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr int kMaxActivationFraction = 31;
constexpr int kMaxWeightFraction = 62;
constexpr int kMaxShift = 62;
constexpr std::uint64_t kMaxSum = std::numeric_limits<std::int64_t>::max();

int headroom_bits(int bits, bool is_unsigned) {
  return bits == 32 ? 6 : (bits == 16 ? 2 : (is_unsigned ? 0 : 1));
}

/// What the compiler knows of a tensor: its format and the largest magnitude of its integers.
struct Tensor {
  FixedFormat format;
  std::uint64_t largest = 0;
};

/// Magnitude after align(), or nothing if it does not fit into 63 bits.
std::optional<std::uint64_t> aligned(std::uint64_t magnitude, int from, int to) {
  if (to < from) {
    const int d = from - to;
    return (magnitude + (std::uint64_t{1} << (d - 1))) >> d;
  }
  const int d = to - from;
  if (magnitude != 0 && (d > kMaxShift || magnitude > (kMaxSum >> d))) {
    return std::nullopt;
  }
  return magnitude == 0 ? 0 : magnitude << d;
}

std::uint64_t half_of(int shift) {
  return shift == 0 ? 0 : std::uint64_t{1} << (shift - 1);
}

std::optional<std::uint64_t> integer_bias(double bias, int fraction_bits) {
  const double scaled = std::round(std::ldexp(std::abs(bias), fraction_bits));
  if (!(scaled < 9.2e18)) {  // below 2^63 by more than a rounding of the double
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(scaled);
}

/// Sizes of one layer's weights in real numbers, from which a first guess of the format comes.
struct WeightSizes {
  double largest = 0;
  double largest_sum = 0;  ///< of the magnitudes of one kernel
  double largest_bias = 0;
};

WeightSizes sizes_of(const Layer& layer, const LayerParameters& parameters) {
  WeightSizes sizes;
  const float* weight = parameters.weights.data();
  for (std::int32_t m = 0; m < layer.kernels; ++m) {
    float largest = 0;
    double sum = 0;
    for (std::int64_t c = 0; c < layer.columns; ++c) {
      const float magnitude = std::abs(*weight++);
      largest = std::max(largest, magnitude);
      sum += static_cast<double>(magnitude);
    }
    sizes.largest = std::max(sizes.largest, static_cast<double>(largest));
    sizes.largest_sum = std::max(sizes.largest_sum, sum);
    const auto bias = static_cast<double>(parameters.bias[static_cast<std::size_t>(m)]);
    sizes.largest_bias = std::max(sizes.largest_bias, std::abs(bias));
  }
  return sizes;
}

class FormatChooser {
 public:
  FormatChooser(const Model& model, const std::vector<ValueRange>& ranges,
                const TensorBits& tensors, Network& network)
      : model_(model),
        ranges_(ranges),
        bits_(tensors.bits),
        drops_signs_(tensors.drops_signs),
        network_(network) {}

  void choose(const ValueRange& input) {
    const bool is_unsigned = drops_signs_ && input.low >= 0;
    network_.input_format = {bits_, fraction_for(input.sound(), is_unsigned, "the network's input"),
                             is_unsigned};
    // Inputs need not come from pixels: the proof holds for whatever the format can hold.
    input_ = {network_.input_format, network_.input_format.largest_magnitude()};
    for (std::size_t i = 0; i < network_.layers.size(); ++i) {
      layers_.push_back(choose_layer(i));
      set_clamps(i);
    }
  }

 private:
  const Tensor& tensor(std::int32_t source) const {
    return source == kNetworkInput ? input_ : layers_[static_cast<std::size_t>(source)];
  }

  static Tensor saturated(const FixedFormat& format, std::uint64_t magnitude) {
    return {format, std::min(magnitude, format.largest_magnitude())};
  }

  /// The activation lets nothing below zero pass.
  bool is_unsigned(std::size_t index) const {
    const Activation activation = network_.layers[index].activation;
    return drops_signs_ &&
           (activation == Activation::relu ||
            (activation == Activation::clip && model_.parameters[index].clip_low >= 0));
  }

  /// Without sign there is one more bit for the magnitude.
  int fraction_for(double bound, bool is_unsigned, const std::string& where) const {
    const int bits = is_unsigned ? bits_ + 1 : bits_;
    const int fraction =
        bound > 0 ? largest_fraction(bound, bits, kMaxActivationFraction) : bits - 1;
    if (fraction < 0) {
      throw ModelError(
          fmt::format("{}: values up to {:.6g} do not fit into {} bits", where, bound, bits_));
    }
    return fraction;
  }

  /// Fraction bits that the layer's results should have; its sums may have fewer.
  int wanted_fraction(std::size_t index) const {
    const ValueRange& range = ranges_[index];
    const double likely = std::ldexp(range.seen, headroom_bits(bits_, is_unsigned(index)));
    const double bound = range.seen > 0 ? std::min(range.sound(), likely) : range.sound();
    return fraction_for(bound, is_unsigned(index), "layer '" + network_.layers[index].name + "'");
  }

  Tensor choose_layer(std::size_t index) {
    Layer& layer = network_.layers[index];
    if (layer.has_weights()) {
      return choose_weighted(index);
    }
    if (layer.kind == LayerKind::pooling) {
      layer.output_format = tensor(layer.source).format;
      return tensor(layer.source);
    }
    return choose_addition(index);
  }

  Tensor choose_addition(std::size_t index) {
    Layer& layer = network_.layers[index];
    const Tensor& a = tensor(layer.source);
    const Tensor& b = tensor(layer.skip);
    const int sum_fraction = std::max(a.format.fraction_bits, b.format.fraction_bits);
    // At most 31 bits of shift on one of two magnitudes of at most 2^31: far from 2^63.
    const std::uint64_t sum = *aligned(a.largest, a.format.fraction_bits, sum_fraction) +
                              *aligned(b.largest, b.format.fraction_bits, sum_fraction);
    const int fraction = std::min(wanted_fraction(index), sum_fraction);
    layer.output_format = {bits_, fraction, is_unsigned(index)};
    const int shift = sum_fraction - fraction;
    return saturated(layer.output_format, (sum + half_of(shift)) >> shift);
  }

  Tensor choose_weighted(std::size_t index) {
    Layer& layer = network_.layers[index];
    const Tensor& source = tensor(layer.source);
    const WeightSizes sizes = sizes_of(layer, model_.parameters[index]);
    int fraction = first_guess(sizes, source);
    const int wanted = fraction < 0 ? 0 : wanted_fraction(index);
    for (; fraction >= 0; --fraction) {
      const int sum_fraction = fraction + source.format.fraction_bits;
      const int out_fraction = std::min(wanted, sum_fraction);
      const int shift = sum_fraction - out_fraction;
      const auto sum = shift > kMaxShift ? std::nullopt : largest_sum(index, fraction, shift);
      if (sum) {
        layer.weight_format = {bits_, fraction};
        layer.output_format = {bits_, out_fraction, is_unsigned(index)};
        return saturated(layer.output_format, *sum >> shift);
      }
    }
    throw ModelError(
        fmt::format("layer '{}': no {}-bit format of its weights keeps all sums inside 64 bits; "
                    "largest |weight| "
                    "{:.6g}, largest sum of |weights| of a kernel {:.6g}, largest |bias| {:.6g}, "
                    "inputs up to {:.6g}",
                    layer.name, bits_, sizes.largest, sizes.largest_sum, sizes.largest_bias,
                    std::ldexp(static_cast<double>(source.largest), -source.format.fraction_bits)));
  }

  /// Where the search begins: conditions that are cheap to test.
  int first_guess(const WeightSizes& sizes, const Tensor& source) const {
    if (!(sizes.largest > 0)) {
      return bits_ - 1;
    }
    int guess = largest_fraction(sizes.largest, bits_, kMaxWeightFraction);
    if (source.largest > 0) {
      const double sum = sizes.largest_sum * static_cast<double>(source.largest);
      // One bit for the rounding of the weights, which may make their sum smaller.
      guess = std::min(guess, static_cast<int>(std::floor(63 - std::log2(sum))) + 1);
    }
    return guess;
  }

  /// Largest magnitude that a sum of the layer can have, half of the last place included; nothing
  /// if it exceeds 2^63 - 1.
  std::optional<std::uint64_t> largest_sum(std::size_t index, int fraction, int shift) const {
    const Layer& layer = network_.layers[index];
    const LayerParameters& parameters = model_.parameters[index];
    const Tensor& source = tensor(layer.source);
    const int sum_fraction = fraction + source.format.fraction_bits;
    std::uint64_t rest = half_of(shift);
    if (layer.skip != kNoSource) {
      const Tensor& skip = tensor(layer.skip);
      const auto operand = aligned(skip.largest, skip.format.fraction_bits, sum_fraction);
      if (!operand || *operand > kMaxSum - rest) {
        return std::nullopt;
      }
      rest += *operand;
    }
    std::uint64_t largest = 0;
    const double scale = scale_of(fraction);
    const float* weight = parameters.weights.data();
    for (std::int32_t m = 0; m < layer.kernels; ++m) {
      const auto bias = integer_bias(
          static_cast<double>(parameters.bias[static_cast<std::size_t>(m)]), sum_fraction);
      if (!bias || *bias > kMaxSum - rest) {
        return std::nullopt;
      }
      // At most 2^31 columns of at most 2^31. A multiplier that is a table can make its largest
      // product of any weight but zero.
      std::uint64_t magnitudes = 0;
      for (std::int64_t c = 0; c < layer.columns; ++c) {
        const auto magnitude = static_cast<std::uint64_t>(quantise(std::abs(*weight++), scale));
        magnitudes += layer.product_table == 0 || magnitude == 0 ? magnitude : kLargestProduct;
      }
      const std::uint64_t each = layer.product_table == 0 ? source.largest : 1;
      const std::uint64_t room = kMaxSum - rest - *bias;
      if (each != 0 && magnitudes > room / each) {
        return std::nullopt;
      }
      largest = std::max(largest, rest + *bias + magnitudes * each);
    }
    return largest;
  }

  void set_clamps(std::size_t index) {
    Layer& layer = network_.layers[index];
    const FixedFormat& format = layer.output_format;
    layer.clamp_low = format.min_integer();
    layer.clamp_high = format.max_integer();
    if (layer.activation == Activation::relu) {
      layer.clamp_low = 0;
    } else if (layer.activation == Activation::clip) {
      layer.clamp_low = clip_bound(model_.parameters[index].clip_low, format);
      layer.clamp_high = clip_bound(model_.parameters[index].clip_high, format);
    }
    const auto low = static_cast<std::uint64_t>(std::abs(layer.clamp_low));
    const auto high = static_cast<std::uint64_t>(std::abs(layer.clamp_high));
    // Zero stays possible: padding, and the sums of windows partly outside. Bounds without zero
    // between them make values larger than they were.
    const bool has_zero = layer.clamp_low <= 0 && layer.clamp_high >= 0;
    const std::uint64_t least = has_zero ? 0 : std::min(low, high);
    layers_[index].largest = std::max(std::min(layers_[index].largest, std::max(low, high)), least);
  }

  static std::int64_t clip_bound(float bound, const FixedFormat& format) {
    const double scaled = std::round(std::ldexp(static_cast<double>(bound), format.fraction_bits));
    return static_cast<std::int64_t>(std::clamp(scaled, static_cast<double>(format.min_integer()),
                                                static_cast<double>(format.max_integer())));
  }

  const Model& model_;
  const std::vector<ValueRange>& ranges_;
  int bits_;
  bool drops_signs_;
  Network& network_;
  Tensor input_;
  std::vector<Tensor> layers_;
};

}  // namespace

void choose_formats(const Model& model, const ValueRange& input,
                    const std::vector<ValueRange>& ranges, const TensorBits& tensors,
                    Network& network) {
  FormatChooser(model, ranges, tensors, network).choose(input);
}

std::vector<std::int64_t> integer_biases(const Network& network, std::size_t layer,
                                         const LayerParameters& parameters) {
  const Layer& of = network.layers[layer];
  const int fraction = of.weight_format.fraction_bits + network.format_of(of.source).fraction_bits;
  std::vector<std::int64_t> biases;
  for (const float bias : parameters.bias) {
    const double scaled = std::round(std::ldexp(static_cast<double>(bias), fraction));
    biases.push_back(static_cast<std::int64_t>(scaled));
  }
  return biases;
}

}  // namespace airnn
