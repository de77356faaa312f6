// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/float_inference.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>

namespace airnn {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ConstMatrix = Eigen::Map<const Matrix>;
using Strided = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;

constexpr std::ptrdiff_t kUnrolledElements = std::ptrdiff_t{1} << 21;

/// Rows of `unrolled` are the columns of the weight matrix, its columns the output positions of
/// output rows first_row..: a convolution becomes a product of matrices.
void unroll(const Layer& layer, const float* channels, std::int64_t count, int first_row,
            Matrix& unrolled) {
  const Window& w = layer.window;
  const int out_w = layer.result.width;
  const auto rows = static_cast<int>(unrolled.cols()) / out_w;
  std::ptrdiff_t at = 0;
  for (std::int64_t c = 0; c < count; ++c) {
    const float* channel = channels + c * layer.input.height * layer.input.width;
    for (int ky = 0; ky < w.kernel_h; ++ky) {
      for (int kx = 0; kx < w.kernel_w; ++kx, ++at) {
        float* to = unrolled.row(at).data();
        for (int y = 0; y < rows; ++y) {
          const int in_y = (first_row + y) * w.stride_h - w.pad_top + ky;
          const bool row_inside = in_y >= 0 && in_y < layer.input.height;
          for (int x = 0; x < out_w; ++x) {
            const int in_x = x * w.stride_w - w.pad_left + kx;
            const bool inside = row_inside && in_x >= 0 && in_x < layer.input.width;
            *to++ = inside ? channel[std::ptrdiff_t{in_y} * layer.input.width + in_x] : 0.0F;
          }
        }
      }
    }
  }
}

void convolve(const Layer& layer, const LayerParameters& parameters, const float* input,
              std::vector<float>& output) {
  const int out_h = layer.result.height;
  const int out_w = layer.result.width;
  const std::ptrdiff_t positions = std::ptrdiff_t{out_h} * out_w;
  const std::int64_t channels = layer.input.channels / layer.groups;
  const std::ptrdiff_t kernels = layer.kernels / layer.groups;
  const std::ptrdiff_t fitting = kUnrolledElements / (layer.columns * out_w);
  const int block = static_cast<int>(std::clamp<std::ptrdiff_t>(fitting, 1, out_h));
  Matrix unrolled;
  for (std::ptrdiff_t group = 0; group < layer.groups; ++group) {
    const ConstMatrix weights(parameters.weights.data() + group * kernels * layer.columns, kernels,
                              layer.columns);
    const float* from = input + group * channels * layer.input.height * layer.input.width;
    for (int row = 0; row < out_h; row += block) {
      const std::ptrdiff_t width = std::ptrdiff_t{std::min(block, out_h - row)} * out_w;
      unrolled.resize(layer.columns, width);
      unroll(layer, from, channels, row, unrolled);
      Strided result(output.data() + group * kernels * positions + std::ptrdiff_t{row} * out_w,
                     kernels, width, Eigen::OuterStride<>(positions));
      result.noalias() += weights * unrolled;
    }
  }
}

void activate(const Layer& layer, const LayerParameters& parameters, std::vector<float>& map) {
  if (layer.activation == Activation::none) {
    return;
  }
  const bool relu = layer.activation == Activation::relu;
  const float low = relu ? 0.0F : parameters.clip_low;
  const float high = relu ? std::numeric_limits<float>::infinity() : parameters.clip_high;
  for (float& value : map) {
    value = std::min(std::max(value, low), high);
  }
}

}  // namespace

std::vector<double> FloatInference::largest_values(const std::vector<float>& input,
                                                   const Checkpoint& checkpoint) const {
  const std::vector<Layer>& layers = model_.network.layers;
  std::vector<Map> maps(layers.size());
  std::vector<double> largest;
  const auto map_of = [&](std::int32_t source) -> const Map& {
    return source == kNetworkInput ? input : maps[static_cast<std::size_t>(source)];
  };
  for (std::size_t i = 0; i < layers.size(); ++i) {
    pass(checkpoint);
    const Layer& layer = layers[i];
    Map result;
    if (layer.has_weights()) {
      result = multiply(layer, model_.parameters[i], map_of(layer.source));
    } else if (layer.kind == LayerKind::pooling) {
      result = pool(layer, layer.input, map_of(layer.source));
    } else {
      result = map_of(layer.source);
    }
    if (layer.skip != kNoSource) {
      const Map& skip = map_of(layer.skip);
      std::transform(result.begin(), result.end(), skip.begin(), result.begin(), std::plus<>());
    }
    activate(layer, model_.parameters[i], result);
    double most = 0;
    for (const float value : result) {
      most = std::max(most, static_cast<double>(std::abs(value)));
    }
    largest.push_back(most);
    const bool pooled_behind = layer.pool != PoolKind::none && layer.kind != LayerKind::pooling;
    maps[i] = pooled_behind ? pool(layer, layer.result, result) : std::move(result);
  }
  return largest;
}

double FloatInference::multiplications() const {
  double sum = 0;
  for (const Layer& layer : model_.network.layers) {
    const double positions = 1.0 * layer.result.height * layer.result.width;
    sum += positions * layer.kernels * static_cast<double>(layer.columns);
  }
  return sum;
}

FloatInference::Map FloatInference::multiply(const Layer& layer, const LayerParameters& parameters,
                                             const Map& input) const {
  Map output(static_cast<std::size_t>(layer.result.size()));
  const std::ptrdiff_t positions = output.empty() ? 0 : layer.result.size() / layer.kernels;
  for (std::ptrdiff_t m = 0; m < layer.kernels; ++m) {
    std::fill_n(output.begin() + m * positions, positions,
                parameters.bias[static_cast<std::size_t>(m)]);
  }
  if (layer.kind == LayerKind::fully_connected) {
    const ConstMatrix weights(parameters.weights.data(), layer.kernels, layer.columns);
    Eigen::Map<Eigen::VectorXf> result(output.data(), layer.kernels);
    result.noalias() += weights * Eigen::Map<const Eigen::VectorXf>(input.data(), layer.columns);
  } else {
    convolve(layer, parameters, input.data(), output);
  }
  return output;
}

FloatInference::Map FloatInference::pool(const Layer& layer, const MapShape& shape,
                                         const Map& input) {
  const Window& w = layer.pool_window;
  Map output(static_cast<std::size_t>(layer.output.size()));
  std::size_t at = 0;
  for (int c = 0; c < shape.channels; ++c) {
    const float* channel = input.data() + std::ptrdiff_t{c} * shape.height * shape.width;
    for (int y = 0; y < layer.output.height; ++y) {
      for (int x = 0; x < layer.output.width; ++x) {
        const int top = y * w.stride_h - w.pad_top;
        const int left = x * w.stride_w - w.pad_left;
        float most = -std::numeric_limits<float>::infinity();
        float sum = 0;
        int inside = 0;
        for (int iy = std::max(top, 0); iy < std::min(top + w.kernel_h, shape.height); ++iy) {
          for (int ix = std::max(left, 0); ix < std::min(left + w.kernel_w, shape.width); ++ix) {
            const float value = channel[std::ptrdiff_t{iy} * shape.width + ix];
            most = std::max(most, value);
            sum += value;
            ++inside;
          }
        }
        if (layer.count_include_pad) {
          inside = (std::min(top + w.kernel_h, shape.height + w.pad_bottom) - top) *
                   (std::min(left + w.kernel_w, shape.width + w.pad_right) - left);
        }
        output[at++] = layer.pool == PoolKind::max ? most : sum / static_cast<float>(inside);
      }
    }
  }
  return output;
}

}  // namespace airnn
