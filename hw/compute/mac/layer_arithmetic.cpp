// SPDX-License-Identifier: Apache-2.0
#include "hw/compute/mac/layer_arithmetic.h"

#include <algorithm>
#include <utility>

#include "hw/compute/mac/mac_sums.h"
#include "hw/compute/mac/pooling.h"
#include "hw/compute/mac/requantise.h"

namespace airnn {

LayerArithmetic::LayerArithmetic(const Layer& layer, const FixedFormat& input,
                                 const FixedFormat& skip, const Product& product)
    : LayerArithmetic(layer, input, skip, std::make_unique<MacSums>(layer, product)) {}

LayerArithmetic::LayerArithmetic(const Layer& layer, const FixedFormat& input,
                                 const FixedFormat& skip, std::unique_ptr<KernelSums> sums)
    : layer_(layer),
      input_format_(input),
      skip_format_(skip),
      sums_(std::move(sums)),
      result_(static_cast<std::size_t>(layer.result.size())),
      pooled_(layer.pool == PoolKind::none ? 0 : static_cast<std::size_t>(layer.output.size())) {
  sum_fraction_bits_ = layer.has_weights() ? layer.weight_format.fraction_bits + input.fraction_bits
                                           : std::max(input.fraction_bits, skip.fraction_bits);
  // The bounds of the activation lie inside the format's: one clamp saturates too.
  requantisation_ = {sum_fraction_bits_ - layer.output_format.fraction_bits, layer.clamp_low,
                     layer.clamp_high};
  // Without a sign nothing that is negative would have passed the activation.
  saturates_low_ =
      !layer.output_format.is_unsigned && layer.clamp_low == layer.output_format.min_integer();
  saturates_high_ = layer.clamp_high == layer.output_format.max_integer();
}

const std::vector<std::int32_t>& LayerArithmetic::compute(const SparseKernels* kernels,
                                                          const std::int32_t* input,
                                                          const std::int32_t* skip) {
  saturated_ = 0;
  const std::int32_t* source = result_.data();
  MapShape from = layer_.result;
  if (layer_.has_weights()) {
    sums_->begin(*kernels, input);
  }
  switch (layer_.kind) {
    case LayerKind::convolution:
    case LayerKind::depthwise:
      convolve(*kernels, skip);
      break;
    case LayerKind::fully_connected:
      connect(*kernels, skip);
      break;
    case LayerKind::addition:
      add(input, skip);
      break;
    case LayerKind::pooling:
      source = input;
      from = layer_.input;
      break;
  }
  if (layer_.pool == PoolKind::none) {
    return result_;
  }
  pool_map(source, from, layer_.pool_window, layer_.pool, layer_.count_include_pad,
           layer_.output_format, pooled_.data(), layer_.output);
  if (layer_.kind == LayerKind::pooling) {
    clamp(pooled_);
  }
  return pooled_;
}

/// The result of a sum, which `elements` of the map have.
std::int32_t LayerArithmetic::requantise(std::int64_t sum, std::uint64_t elements) {
  const std::int64_t value = round_shift(sum, requantisation_.shift);
  if ((saturates_low_ && value < requantisation_.low) ||
      (saturates_high_ && value > requantisation_.high)) {
    saturated_ += elements;
  }
  return static_cast<std::int32_t>(std::clamp(value, requantisation_.low, requantisation_.high));
}

std::int32_t LayerArithmetic::finish(std::int64_t sum, const std::int32_t* skip,
                                     std::int64_t place) {
  if (skip != nullptr) {
    sum += align(skip[place], skip_format_.fraction_bits, sum_fraction_bits_);
  }
  return requantise(sum, 1);
}

void LayerArithmetic::finish_tile(std::int64_t* sums, const std::int32_t* skip, std::int64_t place,
                                  std::int64_t count, std::int32_t* to) {
  if (skip != nullptr) {
    for (std::int64_t p = 0; p < count; ++p) {
      sums[p] += align(skip[place + p], skip_format_.fraction_bits, sum_fraction_bits_);
    }
  }
  // Positions behind the last must not count: zero is in every format.
  std::fill(sums + count, sums + kTilePositions, 0);
  std::int32_t results[kTilePositions];
  const ClampedCount clamped = requantise_tile(sums, requantisation_, results);
  saturated_ += (saturates_low_ ? clamped.below : 0) + (saturates_high_ ? clamped.above : 0);
  std::copy_n(results, count, to);
}

void LayerArithmetic::fill_kernel(std::uint32_t kernel, std::int64_t bias,
                                  const std::int32_t* skip) {
  const std::int64_t positions = std::int64_t{layer_.result.height} * layer_.result.width;
  const std::int64_t begin = kernel * positions;
  if (skip == nullptr) {
    std::fill_n(result_.begin() + begin, positions,
                requantise(bias, static_cast<std::uint64_t>(positions)));
    return;
  }
  for (std::int64_t p = begin; p < begin + positions; ++p) {
    result_[static_cast<std::size_t>(p)] = finish(bias, skip, p);
  }
}

void LayerArithmetic::convolve(const SparseKernels& kernels, const std::int32_t* skip) {
  const std::int64_t positions = std::int64_t{layer_.result.height} * layer_.result.width;
  const auto per_group = static_cast<std::uint32_t>(layer_.kernels / layer_.groups);
  for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
    if (kernels.count(kernel) == 0) {
      fill_kernel(kernel, kernels.bias(kernel), skip);
    }
  }
  for (std::int32_t group = 0; group < layer_.groups; ++group) {
    const std::uint32_t first_kernel = static_cast<std::uint32_t>(group) * per_group;
    for (std::int64_t first = 0; first < positions;
         first += static_cast<std::int64_t>(kTilePositions)) {
      sums_->load(group, first);
      const std::int64_t count =
          std::min<std::int64_t>(static_cast<std::int64_t>(kTilePositions), positions - first);
      for (std::uint32_t kernel = first_kernel; kernel < first_kernel + per_group; ++kernel) {
        if (kernels.count(kernel) == 0) {
          continue;
        }
        std::int64_t sums[kTilePositions];
        std::fill(std::begin(sums), std::end(sums), kernels.bias(kernel));
        sums_->add_positions(kernel, sums);
        const std::int64_t place = kernel * positions + first;
        std::int32_t* to = &result_[static_cast<std::size_t>(place)];
        finish_tile(sums, skip, place, count, to);
      }
    }
  }
}

void LayerArithmetic::connect(const SparseKernels& kernels, const std::int32_t* skip) {
  if (!sums_->has_tiles()) {
    for (std::uint32_t kernel = 0; kernel < kernels.kernels(); ++kernel) {
      result_[kernel] = finish(kernels.bias(kernel) + sums_->neuron(kernel), skip, kernel);
    }
    return;
  }
  constexpr auto tile = static_cast<std::uint32_t>(kTilePositions);
  for (std::uint32_t first = 0; first < kernels.kernels(); first += tile) {
    const std::uint32_t count = std::min(tile, kernels.kernels() - first);
    std::int64_t sums[kTilePositions] = {};
    for (std::uint32_t i = 0; i < count; ++i) {
      sums[i] = kernels.bias(first + i);
    }
    sums_->add_neurons(first / tile, sums);
    finish_tile(sums, skip, first, count, &result_[first]);
  }
}

void LayerArithmetic::add(const std::int32_t* input, const std::int32_t* skip) {
  for (std::size_t i = 0; i < result_.size(); ++i) {
    const std::int64_t sum = align(input[i], input_format_.fraction_bits, sum_fraction_bits_);
    result_[i] = finish(sum, skip, static_cast<std::int64_t>(i));
  }
}

void LayerArithmetic::clamp(std::vector<std::int32_t>& map) const {
  for (std::int32_t& value : map) {
    value = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(value, layer_.clamp_low, layer_.clamp_high));
  }
}

}  // namespace airnn
