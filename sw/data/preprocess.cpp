// SPDX-License-Identifier: Apache-2.0
#include "sw/data/preprocess.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sw/format/errors.h"

namespace airnn {

namespace {

bool all_equal(const std::vector<double>& numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), std::not_equal_to<>()) == numbers.end();
}

void check(const Network& network) {
  const Preprocess& rule = network.preprocess;
  const auto channels = static_cast<std::size_t>(network.input.channels);
  if (rule.mean.size() != channels || rule.deviation.size() != channels) {
    throw DataError(
        fmt::format("preprocessing of the network {}: {} means and {} deviations, expected one per "
                    "channel ({})",
                    network.name, rule.mean.size(), rule.deviation.size(), channels));
  }
  const auto finite = [](double number) { return std::isfinite(number); };
  if (!finite(rule.scale) || !std::all_of(rule.mean.begin(), rule.mean.end(), finite) ||
      !std::all_of(rule.deviation.begin(), rule.deviation.end(),
                   [&](double number) { return finite(number) && number != 0.0; })) {
    throw DataError(
        fmt::format("preprocessing of the network {}: scale, means and deviations must be "
                    "finite, deviations not 0",
                    network.name));
  }
}

}  // namespace

std::int32_t quantise(double x, const FixedFormat& format) {
  const double rounded = std::round(std::ldexp(x, format.fraction_bits));
  // Bounds of at most 32 bits are exact in double; comparing there keeps the conversion defined.
  const auto low = static_cast<double>(format.min_integer());
  const auto high = static_cast<double>(format.max_integer());
  return static_cast<std::int32_t>(std::clamp(rounded, low, high));
}

bool saturates(double x, const FixedFormat& format) {
  const double rounded = std::round(std::ldexp(x, format.fraction_bits));
  return rounded < static_cast<double>(format.min_integer()) ||
         rounded > static_cast<double>(format.max_integer());
}

InputConverter::InputConverter(const Network& network)
    : format_(network.input_format),
      channels_(static_cast<std::size_t>(network.input.channels)),
      plane_(static_cast<std::size_t>(network.input.size()) / channels_) {
  check(network);
  const Preprocess& rule = network.preprocess;
  const bool shared = all_equal(rule.mean) && all_equal(rule.deviation);
  tables_.resize(shared ? 1 : channels_);
  for (std::size_t c = 0; c < tables_.size(); ++c) {
    for (std::size_t p = 0; p < 256; ++p) {
      const double x = (static_cast<double>(p) * rule.scale - rule.mean[c]) / rule.deviation[c];
      tables_[c].integers[p] = airnn::quantise(x, format_);
      tables_[c].reals[p] = static_cast<float>(x);
      tables_[c].saturates[p] = airnn::saturates(x, format_);
      pixels_saturate_ = pixels_saturate_ || tables_[c].saturates[p];
    }
  }
}

std::vector<std::int32_t> InputConverter::quantise(const std::uint8_t* pixels) const {
  std::vector<std::int32_t> input(channels_ * plane_);
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = tables_[tables_.size() == 1 ? 0 : i / plane_].integers[pixels[i]];
  }
  return input;
}

std::vector<std::int32_t> InputConverter::quantise(const float* values) const {
  std::vector<std::int32_t> input(channels_ * plane_);
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = airnn::quantise(double{values[i]}, format_);
  }
  return input;
}

std::vector<std::int32_t> InputConverter::quantise(const ImageSet& images,
                                                   std::int32_t index) const {
  return images.is_preprocessed() ? quantise(images.values_of(index))
                                  : quantise(images.pixels_of(index));
}

std::uint64_t InputConverter::saturated(const ImageSet& images, std::size_t first,
                                        std::size_t count) const {
  const std::size_t size = channels_ * plane_;
  std::uint64_t sum = 0;
  if (images.is_preprocessed()) {
    for (std::size_t i = first * size; i < (first + count) * size; ++i) {
      sum += saturates(double{images.values[i]}, format_) ? 1 : 0;
    }
  } else if (pixels_saturate_) {
    for (std::size_t i = first * size; i < (first + count) * size; ++i) {
      const std::size_t channel = tables_.size() == 1 ? 0 : i % size / plane_;
      sum += tables_[channel].saturates[images.pixels[i]] ? 1 : 0;
    }
  }
  return sum;
}

std::vector<float> InputConverter::to_float(const std::uint8_t* pixels) const {
  std::vector<float> input(channels_ * plane_);
  for (std::size_t i = 0; i < input.size(); ++i) {
    input[i] = tables_[tables_.size() == 1 ? 0 : i / plane_].reals[pixels[i]];
  }
  return input;
}

std::vector<float> InputConverter::to_float(const ImageSet& images, std::int32_t index) const {
  if (!images.is_preprocessed()) {
    return to_float(images.pixels_of(index));
  }
  const float* values = images.values_of(index);
  return {values, values + channels_ * plane_};
}

std::vector<std::int32_t> quantise_input(const std::uint8_t* pixels, const Network& network) {
  return InputConverter(network).quantise(pixels);
}

std::vector<float> float_input(const std::uint8_t* pixels, const Network& network) {
  return InputConverter(network).to_float(pixels);
}

}  // namespace airnn
