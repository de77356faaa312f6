// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/golden/naive_inference.h"

#include <algorithm>
#include <stdexcept>

namespace airnn::golden::test {

namespace {

__extension__ typedef __int128 Wide;

Wide power_of_two(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 2;
  }
  return power;
}

Wide floor_divide(Wide value, Wide by) {
  const Wide quotient = value / by;
  return quotient * by > value ? quotient - 1 : quotient;
}

Wide rescale(Wide value, int from, int to) {
  if (to >= from) {
    return value * power_of_two(to - from);
  }
  return floor_divide(value + power_of_two(from - to - 1), power_of_two(from - to));
}

class Map {
 public:
  Map(const MapShape& shape, const std::vector<std::int32_t>& elements)
      : shape_(shape), elements_(elements) {}
  bool inside(std::int32_t y, std::int32_t x) const {
    return y >= 0 && y < shape_.height && x >= 0 && x < shape_.width;
  }
  std::int32_t at(std::int32_t c, std::int32_t y, std::int32_t x) const {
    return elements_.at(static_cast<std::size_t>((c * shape_.height + y) * shape_.width + x));
  }

 private:
  MapShape shape_;
  const std::vector<std::int32_t>& elements_;
};

struct Place {
  std::int32_t channel;
  std::int32_t y;
  std::int32_t x;
};

Wide sum_of_products(const SmallNetwork& small, std::size_t index,
                     const std::vector<std::int32_t>& source, int iteration, const Place& at,
                     const Multiply& multiply) {
  const Layer& layer = small.network.layers[index];
  const Map map(layer.input, source);
  const auto product = [&](std::int64_t column, std::int32_t pixel) -> Wide {
    const auto place = static_cast<std::size_t>(at.channel * layer.columns + column);
    const std::int32_t weight =
        small.batch_of(index, place) <= iteration ? small.weights[index].at(place) : 0;
    return multiply && weight != 0 ? multiply(weight, pixel) : Wide{weight} * pixel;
  };
  Wide sum = small.biases[index].at(static_cast<std::size_t>(at.channel));
  if (layer.kind == LayerKind::fully_connected) {
    for (std::int64_t n = 0; n < layer.columns; ++n) {
      sum += product(n, source.at(static_cast<std::size_t>(n)));
    }
    return sum;
  }
  const Window& w = layer.window;
  const std::int32_t channels = layer.input.channels / layer.groups;
  const std::int32_t first = layer.kind == LayerKind::depthwise
                                 ? at.channel / (layer.kernels / layer.input.channels)
                                 : at.channel / (layer.kernels / layer.groups) * channels;
  for (std::int32_t c = 0; c < channels; ++c) {
    for (std::int32_t ky = 0; ky < w.kernel_h; ++ky) {
      for (std::int32_t kx = 0; kx < w.kernel_w; ++kx) {
        const std::int32_t y = at.y * w.stride_h - w.pad_top + ky;
        const std::int32_t x = at.x * w.stride_w - w.pad_left + kx;
        const std::int32_t pixel = map.inside(y, x) ? map.at(first + c, y, x) : 0;
        sum += product((c * w.kernel_h + ky) * w.kernel_w + kx, pixel);
      }
    }
  }
  return sum;
}

std::int32_t pooled(const Layer& layer, const Map& map, const MapShape& shape, const Place& at) {
  const Window& w = layer.pool_window;
  Wide sum = 0;
  Wide count = 0;
  std::int32_t largest = INT32_MIN;
  for (std::int32_t ky = 0; ky < w.kernel_h; ++ky) {
    for (std::int32_t kx = 0; kx < w.kernel_w; ++kx) {
      const std::int32_t y = at.y * w.stride_h - w.pad_top + ky;
      const std::int32_t x = at.x * w.stride_w - w.pad_left + kx;
      if (map.inside(y, x)) {
        sum += map.at(at.channel, y, x);
        largest = std::max(largest, map.at(at.channel, y, x));
        ++count;
      } else if (layer.count_include_pad && y < shape.height + w.pad_bottom &&
                 x < shape.width + w.pad_right) {
        ++count;
      }
    }
  }
  if (layer.pool == PoolKind::max) {
    return largest;
  }
  const Wide reciprocal = (power_of_two(31) + count / 2) / count;
  const Wide average = floor_divide(sum * reciprocal + power_of_two(30), power_of_two(31));
  return static_cast<std::int32_t>(std::clamp<Wide>(average, layer.output_format.min_integer(),
                                                    layer.output_format.max_integer()));
}

template <typename Function>
std::vector<std::int32_t> for_each_place(const MapShape& shape, Function&& function) {
  std::vector<std::int32_t> elements;
  for (std::int32_t c = 0; c < shape.channels; ++c) {
    for (std::int32_t y = 0; y < shape.height; ++y) {
      for (std::int32_t x = 0; x < shape.width; ++x) {
        elements.push_back(function(Place{c, y, x}));
      }
    }
  }
  return elements;
}

std::int32_t activated(const Layer& layer, Wide value) {
  const FixedFormat& format = layer.output_format;
  const Wide saturated = std::clamp<Wide>(value, format.min_integer(), format.max_integer());
  return static_cast<std::int32_t>(std::clamp<Wide>(saturated, layer.clamp_low, layer.clamp_high));
}

/// Whether a format without end would have given another element. What the activation bounds more
/// narrowly than the format is the activation's doing.
bool saturates(const Layer& layer, Wide value) {
  const FixedFormat& format = layer.output_format;
  Wide without_end = value;
  if (layer.clamp_low > format.min_integer() || format.is_unsigned) {
    without_end = std::max<Wide>(without_end, layer.clamp_low);
  }
  if (layer.clamp_high < format.max_integer()) {
    without_end = std::min<Wide>(without_end, layer.clamp_high);
  }
  return without_end != activated(layer, value);
}

}  // namespace

NaiveInference naive_inference(const SmallNetwork& small, const std::vector<std::int32_t>& input,
                               int iteration, const std::vector<Multiply>& multiply) {
  NaiveInference inference;
  std::vector<std::vector<std::int32_t>>& outputs = inference.outputs;
  const auto map_of = [&](std::int32_t source) -> const std::vector<std::int32_t>& {
    return source == kNetworkInput ? input : outputs.at(static_cast<std::size_t>(source));
  };
  for (std::size_t i = 0; i < small.network.layers.size(); ++i) {
    const Layer& layer = small.network.layers[i];
    std::uint64_t saturated = 0;
    const std::vector<std::int32_t>& source = map_of(layer.source);
    const int from = small.network.format_of(layer.source).fraction_bits;
    if (layer.kind == LayerKind::pooling) {
      outputs.push_back(for_each_place(layer.output, [&](const Place& at) {
        return activated(layer, pooled(layer, Map(layer.input, source), layer.input, at));
      }));
      inference.saturated.push_back(0);
      continue;
    }
    const int skip =
        layer.skip == kNoSource ? 0 : small.network.format_of(layer.skip).fraction_bits;
    const bool adds = layer.kind == LayerKind::addition;
    const int accumulator = adds ? std::max(from, skip) : from + layer.weight_format.fraction_bits;
    const auto result = for_each_place(layer.result, [&](const Place& at) {
      Wide sum =
          adds ? rescale(Map(layer.input, source).at(at.channel, at.y, at.x), from, accumulator)
               : sum_of_products(small, i, source, iteration, at,
                                 multiply.empty() ? Multiply() : multiply[i]);
      if (layer.skip != kNoSource) {
        sum += rescale(Map(layer.result, map_of(layer.skip)).at(at.channel, at.y, at.x), skip,
                       accumulator);
      }
      if (sum > power_of_two(62) || sum < -power_of_two(62)) {
        throw std::logic_error("the test's network overflows an accumulator");
      }
      const Wide value = rescale(sum, accumulator, layer.output_format.fraction_bits);
      saturated += saturates(layer, value) ? 1 : 0;
      return activated(layer, value);
    });
    inference.saturated.push_back(saturated);
    outputs.push_back(
        layer.pool == PoolKind::none ? result : for_each_place(layer.output, [&](const Place& at) {
          return pooled(layer, Map(layer.result, result), layer.result, at);
        }));
  }
  return inference;
}

std::vector<std::vector<std::int32_t>> naive_outputs(const SmallNetwork& small,
                                                     const std::vector<std::int32_t>& input,
                                                     int iteration) {
  return naive_inference(small, input, iteration).outputs;
}

}  // namespace airnn::golden::test
