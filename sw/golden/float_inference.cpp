// SPDX-License-Identifier: Apache-2.0
#include "sw/golden/float_inference.h"

#include <Eigen/Core>
#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "sw/format/errors.h"
#include "sw/golden/softmax.h"

namespace airnn::golden {

namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixView = Eigen::Map<const Matrix>;

/// Columns x positions of what the windows of one group see; `map` begins with its first channel.
void gather_windows(const Layer& layer, const float* map, Matrix& windows) {
  const Window& w = layer.window;
  Eigen::Index column = 0;
  for (std::int32_t c = 0; c < layer.input.channels / layer.groups; ++c) {
    for (std::int32_t ky = 0; ky < w.kernel_h; ++ky) {
      for (std::int32_t kx = 0; kx < w.kernel_w; ++kx, ++column) {
        float* to = windows.row(column).data();
        for (std::int32_t oy = 0; oy < layer.result.height; ++oy) {
          const std::int32_t y = oy * w.stride_h - w.pad_top + ky;
          const bool inside = y >= 0 && y < layer.input.height;
          const float* row = map + (std::int64_t{c} * layer.input.height + y) * layer.input.width;
          for (std::int32_t ox = 0; ox < layer.result.width; ++ox) {
            const std::int32_t x = ox * w.stride_w - w.pad_left + kx;
            *to++ = inside && x >= 0 && x < layer.input.width ? row[x] : 0.0F;
          }
        }
      }
    }
  }
}

std::vector<float> convolve(const Layer& layer, const LayerParameters& parameters,
                            const std::vector<float>& source) {
  const Eigen::Index kernels = layer.kernels / layer.groups;
  const Eigen::Index positions = Eigen::Index{layer.result.height} * layer.result.width;
  const std::int64_t group_size = layer.input.size() / layer.groups;
  std::vector<float> result(static_cast<std::size_t>(layer.result.size()));
  Matrix windows(layer.columns, positions);
  for (Eigen::Index group = 0; group < layer.groups; ++group) {
    gather_windows(layer, source.data() + group * group_size, windows);
    const Eigen::Index first = group * kernels;
    const MatrixView weights(parameters.weights.data() + first * layer.columns, kernels,
                             layer.columns);
    const Eigen::Map<const Eigen::VectorXf> bias(parameters.bias.data() + first, kernels);
    Eigen::Map<Matrix> to(result.data() + first * positions, kernels, positions);
    to.noalias() = weights * windows;
    to.colwise() += bias;
  }
  return result;
}

std::vector<float> connect(const Layer& layer, const LayerParameters& parameters,
                           const std::vector<float>& source) {
  std::vector<float> result(parameters.bias);
  Eigen::Map<Eigen::VectorXf> to(result.data(), layer.kernels);
  const Eigen::Map<const Eigen::VectorXf> from(source.data(), layer.columns);
  to.noalias() += MatrixView(parameters.weights.data(), layer.kernels, layer.columns) * from;
  return result;
}

std::vector<float> pool(const Layer& layer, const PoolGeometry& geometry,
                        const std::vector<float>& from) {
  std::vector<float> to;
  to.reserve(static_cast<std::size_t>(layer.output.size()));
  const auto width = static_cast<std::size_t>(geometry.from.width);
  const std::size_t plane = width * static_cast<std::size_t>(geometry.from.height);
  for (std::size_t c = 0; c < static_cast<std::size_t>(geometry.from.channels); ++c) {
    for (const PoolSpan& rows : geometry.rows) {
      for (const PoolSpan& columns : geometry.columns) {
        float largest = -std::numeric_limits<float>::infinity();
        double sum = 0;
        for (std::size_t y = rows.begin; y < rows.end; ++y) {
          for (std::size_t x = columns.begin; x < columns.end; ++x) {
            const float element = from[c * plane + y * width + x];
            largest = std::max(largest, element);
            sum += static_cast<double>(element);
          }
        }
        const auto count = static_cast<double>(rows.counted * columns.counted);
        to.push_back(layer.pool == PoolKind::max ? largest : static_cast<float>(sum / count));
      }
    }
  }
  return to;
}

}  // namespace

FloatInference::FloatInference(Model model) : model_(std::move(model)) {
  for (const Layer& layer : model_.network.layers) {
    pooling_.push_back(layer.pool == PoolKind::none ? PoolGeometry{} : pool_geometry(layer));
  }
}

void FloatInference::activate(std::size_t index, std::vector<float>& map) const {
  const Activation activation = model_.network.layers[index].activation;
  if (activation == Activation::none) {
    return;
  }
  const bool relu = activation == Activation::relu;
  const float low = relu ? 0.0F : model_.parameters[index].clip_low;
  const float high =
      relu ? std::numeric_limits<float>::infinity() : model_.parameters[index].clip_high;
  for (float& element : map) {
    element = std::min(std::max(element, low), high);
  }
}

std::vector<float> FloatInference::run_layer(std::size_t index, const std::vector<float>& source,
                                             const std::vector<float>* skip) const {
  const Layer& layer = model_.network.layers[index];
  if (layer.kind == LayerKind::pooling) {
    std::vector<float> pooled = pool(layer, pooling_[index], source);
    activate(index, pooled);
    return pooled;
  }
  std::vector<float> result;
  if (layer.kind == LayerKind::addition) {
    result = source;
  } else if (layer.kind == LayerKind::fully_connected) {
    result = connect(layer, model_.parameters[index], source);
  } else {
    result = convolve(layer, model_.parameters[index], source);
  }
  if (skip != nullptr) {
    std::transform(result.begin(), result.end(), skip->begin(), result.begin(),
                   [](float a, float b) { return a + b; });
  }
  activate(index, result);
  return layer.pool == PoolKind::none ? result : pool(layer, pooling_[index], result);
}

FloatResult FloatInference::run(const std::vector<float>& input) const {
  if (input.size() != static_cast<std::size_t>(network().input.size())) {
    throw DataError("input map: has " + std::to_string(input.size()) + " elements, network '" +
                    network().name + "' expects " + std::to_string(network().input.size()));
  }
  FloatResult result;
  result.outputs.reserve(network().layers.size());
  const auto map_of = [&](std::int32_t source) -> const std::vector<float>* {
    return source == kNetworkInput ? &input : &result.outputs[static_cast<std::size_t>(source)];
  };
  for (std::size_t i = 0; i < network().layers.size(); ++i) {
    const Layer& layer = network().layers[i];
    const auto* skip = layer.skip == kNoSource ? nullptr : map_of(layer.skip);
    result.outputs.push_back(run_layer(i, *map_of(layer.source), skip));
  }
  const std::vector<float>& logits = result.logits();
  result.probabilities = reference_softmax({logits.begin(), logits.end()});
  result.prediction =
      static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  return result;
}

}  // namespace airnn::golden
