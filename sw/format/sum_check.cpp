// SPDX-License-Identifier: Apache-2.0
#include "sw/format/sum_check.h"

#include <algorithm>
#include <limits>
#include <string>

#include "sw/format/errors.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr std::uint64_t kMaxSum = std::numeric_limits<std::int64_t>::max();

[[noreturn]] void overflow(const Layer& layer, std::size_t kernel) {
  throw ImageError("section network: layer '" + shown(layer.name) + "': the sums of kernel " +
                   std::to_string(kernel) + " may exceed 64 bits");
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                   : static_cast<std::uint64_t>(value);
}

/// align() of numbers.md for a magnitude; more than kMaxSum where it does not fit.
std::uint64_t aligned(std::uint64_t value, std::int32_t from, std::int32_t to) {
  if (to < from) {
    return (value + (std::uint64_t{1} << (from - to - 1))) >> (from - to);
  }
  const std::int32_t shift = to - from;
  return value != 0 && (shift > 62 || value > (kMaxSum >> shift)) ? kMaxSum + 1 : value << shift;
}

std::int32_t sum_fraction(const Network& network, const Layer& layer) {
  const std::int32_t source = network.format_of(layer.source).fraction_bits;
  return layer.has_weights() ? source + layer.weight_format.fraction_bits
                             : std::max(source, network.format_of(layer.skip).fraction_bits);
}

}  // namespace

SumCheck::SumCheck(const Network& network) : network_(network) {
  largest_.reserve(network.layers.size());
}

std::uint64_t SumCheck::largest(std::int32_t source) const {
  return source == kNetworkInput ? network_.input_format.largest_magnitude()
                                 : largest_[static_cast<std::size_t>(source)];
}

std::uint64_t SumCheck::largest_sum(const Layer& layer,
                                    const std::vector<std::uint64_t>& magnitudes,
                                    const std::vector<std::int64_t>& biases,
                                    std::uint64_t operand) const {
  const std::int32_t fraction = sum_fraction(network_, layer);
  const std::int32_t shift = fraction - layer.output_format.fraction_bits;
  // The magnitudes of a layer with a table are those of its products.
  const std::uint64_t source =
      layer.product_table != 0 ? 1 : std::max(largest(layer.source), operand);
  std::uint64_t rest = shift == 0 ? 0 : std::uint64_t{1} << (shift - 1);
  const auto add = [&](std::uint64_t term, std::size_t kernel) {
    if (term > kMaxSum || rest > kMaxSum - term) {
      overflow(layer, kernel);
    }
    return rest + term;
  };
  if (layer.skip != kNoSource) {
    rest = add(aligned(largest(layer.skip), network_.format_of(layer.skip).fraction_bits, fraction),
               0);
  }
  if (!layer.has_weights()) {
    return add(aligned(source, network_.format_of(layer.source).fraction_bits, fraction), 0);
  }
  std::uint64_t most = 0;
  for (std::size_t m = 0; m < magnitudes.size(); ++m) {
    const std::uint64_t with_bias = add(magnitude(biases[m]), m);
    if (source != 0 && magnitudes[m] > (kMaxSum - with_bias) / source) {
      overflow(layer, m);
    }
    most = std::max(most, with_bias + magnitudes[m] * source);
  }
  return most;
}

void SumCheck::check(const std::vector<std::uint64_t>& magnitudes,
                     const std::vector<std::int64_t>& biases, std::uint64_t operand) {
  const Layer& layer = network_.layers[largest_.size()];
  std::uint64_t most = largest(layer.source);
  if (layer.kind != LayerKind::pooling) {
    const std::int32_t shift = sum_fraction(network_, layer) - layer.output_format.fraction_bits;
    most = std::min(largest_sum(layer, magnitudes, biases, operand) >> shift,
                    layer.output_format.largest_magnitude());
  }
  // Zero stays possible: padding, and the sums of windows partly outside.
  largest_.push_back(
      std::min(most, std::max(magnitude(layer.clamp_low), magnitude(layer.clamp_high))));
}

}  // namespace airnn
