// SPDX-License-Identifier: Apache-2.0
#include "testbenches/system/random_model.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "sw/data/preprocess.h"
#include "sw/model/onnx_reader.h"

namespace airnn::test {

namespace {

Model read_back(OnnxBuilder& builder) {
  const std::string path = testing::TempDir() + "random_" + std::to_string(getpid()) + ".onnx";
  builder.save(path);
  Model model = read_onnx(path);
  std::remove(path.c_str());
  return model;
}

}  // namespace

RandomModel::RandomModel(unsigned seed) : random_(seed), builder_(13, seed) {
  pruned_percent_ = one_of<int>({0, 0, 30, 85});
  if (pick(0, 4) == 0) {
    shape_ = {static_cast<std::int32_t>(pick(3, 60)), 1, 1};
    builder_.input("x", {1, shape_.channels});
    for (std::int64_t hidden = pick(0, 2); hidden > 0; --hidden) {
      connect(pick(2, 30));
      activate();
    }
  } else {
    shape_ = {static_cast<std::int32_t>(pick(1, 4)), static_cast<std::int32_t>(pick(6, 13)),
              static_cast<std::int32_t>(pick(6, 13))};
    builder_.input("x", {1, shape_.channels, shape_.height, shape_.width});
    for (std::int64_t operators = pick(1, 5); operators > 0; --operators) {
      add_operator();
    }
    if (pick(0, 4) == 0) {
      builder_.global_average_pool();
      shape_ = {shape_.channels, 1, 1};
    }
    builder_.flatten();
    if (pick(0, 1) == 0) {
      connect(pick(4, 40));
      activate();
    }
  }
  connect(pick(1, 12));
  if (pick(0, 1) == 0) {
    builder_.softmax();
  }
  model_ = read_back(builder_);
}

void RandomModel::add_operator() {
  switch (pick(0, 5)) {
    case 0:
      return pool();
    case 1:
      return join();
    case 2:
      convolve(shape_.channels * pick(1, 2), shape_.channels);
      break;
    case 3: {
      const std::int64_t groups = shape_.channels % 2 == 0 ? 2 : 1;
      convolve(groups * pick(1, 4), groups);
      break;
    }
    default:
      convolve(pick(1, 8), 1);
  }
  activate();
  if (pick(0, 1) == 0) {
    pool();
  }
}

std::string RandomModel::weights(const Dims& dims) {
  std::size_t fan_in = 1;
  for (std::size_t i = 1; i < dims.size(); ++i) {
    fan_in *= static_cast<std::size_t>(dims[i]);
  }
  std::normal_distribution<float> normal(0.0F, 1.0F / std::sqrt(static_cast<float>(fan_in)));
  std::vector<float> values(fan_in * static_cast<std::size_t>(dims[0]));
  bool kernel_pruned = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % fan_in == 0) {
      kernel_pruned = pruned_percent_ > 0 && pick(0, 5) == 0;
    }
    const bool pruned = kernel_pruned || pick(0, 99) < pruned_percent_;
    values[i] = pruned ? 0.0F : normal(random_);
  }
  values[0] = 0.5F;  // at least one weight is left
  return builder_.floats(dims, values);
}

void RandomModel::slide(const Dims& kernel, const Dims& strides, const Dims& pads) {
  const auto side = [&](std::int64_t size, std::size_t axis) {
    return static_cast<std::int32_t>(
        (size + pads[axis] + pads[axis + 2] - kernel[axis]) / strides[axis] + 1);
  };
  shape_.height = side(shape_.height, 0);
  shape_.width = side(shape_.width, 1);
}

void RandomModel::convolve_node(std::int64_t kernels, std::int64_t groups, const Dims& kernel,
                                const Dims& strides, const Dims& pads) {
  std::vector<std::string> operands = {
      builder_.current(), weights({kernels, shape_.channels / groups, kernel[0], kernel[1]})};
  if (pick(0, 3) != 0) {
    operands.push_back(builder_.random({kernels}, 0.2F));
  }
  builder_.node("Conv", operands,
                {{"kernel_shape", kernel},
                 {"strides", strides},
                 {"pads", pads},
                 {"group", static_cast<int>(groups)}});
  slide(kernel, strides, pads);
  shape_.channels = static_cast<std::int32_t>(kernels);
}

void RandomModel::convolve(std::int64_t kernels, std::int64_t groups) {
  const Dims kernel = {pick(1, std::min(5, shape_.height)), pick(1, std::min(5, shape_.width))};
  const std::int64_t longest_stride = std::min(shape_.height, shape_.width) > 5 ? 2 : 1;
  Dims pads;
  for (std::size_t side = 0; side < 4; ++side) {
    pads.push_back(pick(0, kernel[side % 2] - 1));
  }
  convolve_node(kernels, groups, kernel, {pick(1, longest_stride), pick(1, longest_stride)}, pads);
}

void RandomModel::convolve_same(std::int64_t kernels) {
  const std::int64_t pad = pick(0, 1);
  convolve_node(kernels, 1, Dims(2, 2 * pad + 1), {1, 1}, Dims(4, pad));
}

void RandomModel::pool() {
  const Dims kernel = {pick(1, std::min(3, shape_.height)), pick(1, std::min(3, shape_.width))};
  const Dims strides = {pick(1, 2), pick(1, 2)};
  Dims pads;
  for (std::size_t side = 0; side < 4; ++side) {
    pads.push_back(pick(0, kernel[side % 2] / 2));
  }
  std::vector<OnnxAttribute> attributes = {
      {"kernel_shape", kernel}, {"strides", strides}, {"pads", pads}};
  const bool maximum = pick(0, 1) == 0;
  if (!maximum) {
    attributes.push_back({"count_include_pad", static_cast<int>(pick(0, 1))});
  }
  builder_.node(maximum ? "MaxPool" : "AveragePool", {builder_.current()}, attributes);
  slide(kernel, strides, pads);
}

/// Two branches over the current map, added up. Where neither ends with a convolution, the addition
/// stands alone.
void RandomModel::join() {
  const MapShape shape = shape_;
  const std::string fork = builder_.current();
  std::string other = fork;
  switch (pick(0, 2)) {
    case 0:
      other = builder_.max_pool(3, 1, 1).current();
      break;
    case 1:
      convolve_same(shape.channels);
      activate();
      other = builder_.current();
      break;
    default:
      break;
  }
  builder_.from(fork);
  if (other == fork || pick(0, 1) == 0) {
    convolve_same(pick(1, 5));
    activate();
    convolve_same(shape.channels);
  }
  builder_.add(other);
  activate();
}

void RandomModel::activate() {
  switch (pick(0, 3)) {
    case 0:
      return;
    case 1:
      builder_.clip(-0.5F, 0.8F);
      return;
    default:
      builder_.relu();
  }
}

void RandomModel::connect(std::int64_t neurons) {
  const std::string matrix = weights({neurons, shape_.size()});
  builder_.node("Gemm", {builder_.current(), matrix, builder_.random({neurons}, 0.2F)},
                {{"transB", 1}});
  shape_ = {static_cast<std::int32_t>(neurons), 1, 1};
}

CompileOptions RandomModel::options() {
  CompileOptions options;
  options.clusters = parse_cluster_spec(pick(0, 5) == 0 ? "elbow" : std::to_string(pick(1, 9)));
  options.order =
      one_of<BatchOrder>({BatchOrder::maxmin, BatchOrder::signed_means, BatchOrder::magnitude});
  options.precision = one_of<int>({32, 32, 16, 8});
  const auto& layers = model_.network.layers;
  const bool narrow = std::all_of(layers.begin(), layers.end(), [](const Layer& layer) {
    return layer.columns <= 256 && layer.kernels <= 256;
  });
  options.index_width = one_of<int>({0, 16, 32, narrow ? 8 : 0});
  for (std::int32_t channel = 0; channel < model_.network.input.channels; ++channel) {
    options.preprocess.mean.push_back(0.1 * static_cast<double>(pick(0, 10)));
    options.preprocess.deviation.push_back(0.1 * static_cast<double>(pick(2, 10)));
  }
  options.always_loaded = {
      one_of<std::string>({"none", "none", "first", "last", "pointwise", "depthwise"})};
  return options;
}

std::vector<std::int32_t> RandomModel::input(const Network& network) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(network.input.size()));
  for (std::uint8_t& pixel : pixels) {
    pixel = static_cast<std::uint8_t>(pick(0, 3) == 0 ? pick(0, 1) * 255 : pick(0, 255));
  }
  return quantise_input(pixels.data(), network);
}

}  // namespace airnn::test
