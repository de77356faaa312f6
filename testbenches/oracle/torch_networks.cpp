// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/torch_networks.h"

namespace airnn::test {
namespace {

using Dims = TorchGraph::Dims;

void lenet(TorchGraph* net) {
  net->conv2d(4, {5});
  net->relu();
  net->max_pool2d(2, 2);
  net->conv2d(6, {3});
  net->relu();
  net->max_pool2d(2, 2);
  net->view_by_batch();
  net->linear(12);
  net->relu();
  net->linear(10);
}

void lenet_with_averages(TorchGraph* net) {
  net->conv2d(4, {5, 1, 2});
  net->relu();
  net->avg_pool2d(2, 2);
  net->conv2d(6, {3});
  net->relu();
  net->avg_pool2d(3, 2, 1);
  net->flatten();
  net->linear(10);
  net->softmax();
}

void perceptron(TorchGraph* net) {
  net->view_by_all_sizes();
  net->linear(20);
  net->relu();
  net->dropout();
  net->linear(12);
  net->relu();
  net->linear(10);
}

void perceptron_of_products(TorchGraph* net) {
  net->view_by_features();
  net->linear_by_matmul(20);
  net->batch_norm();
  net->hardtanh(-1.0F, 1.0F);
  net->linear_by_matmul(10);
  net->softmax();
}

void vgg(TorchGraph* net) {
  for (const std::int64_t channels : {4, 8}) {
    net->conv_norm(channels, {3, 1, 1});
    net->relu();
    net->conv_norm(channels, {3, 1, 1});
    net->relu();
    net->max_pool2d(2, 2);
  }
  net->adaptive_avg_pool2d(2);
  net->view_by_batch();
  net->linear(12);
  net->relu();
  net->dropout();
  net->linear(10);
}

void basic_block(TorchGraph* net, std::int64_t channels, std::int64_t stride) {
  const std::string identity = net->current();
  const Dims before = net->dims();
  net->conv_norm(channels, {3, stride, 1});
  net->relu();
  net->conv_norm(channels, {3, 1, 1});
  std::string shortcut = identity;
  if (stride != 1 || before[1] != channels) {
    const std::string trunk = net->current();
    const Dims dims = net->dims();
    net->from(identity, before);
    net->conv_norm(channels, {1, stride, 0});
    shortcut = net->current();
    net->from(trunk, dims);
  }
  net->add(shortcut);
  net->relu();
}

void resnet(TorchGraph* net) {
  net->conv_norm(4, {3, 1, 1});
  net->relu();
  basic_block(net, 4, 1);
  basic_block(net, 8, 2);
  net->adaptive_avg_pool2d(1);
  net->view_by_batch();
  net->linear(10);
}

void resnet_with_mean(TorchGraph* net) {
  net->conv_norm(4, {3, 2, 1});
  net->relu();
  net->max_pool2d(3, 2, 1);
  basic_block(net, 4, 1);
  basic_block(net, 6, 2);
  net->mean_of_sides(false);
  net->linear(10);
}

void preactivated_resnet(TorchGraph* net) {
  net->conv2d(4, {3, 1, 1, 1, false});
  for (int block = 0; block < 2; ++block) {
    const std::string trunk = net->current();
    net->batch_norm();
    net->relu();
    net->conv2d(4, {3, 1, 1, 1, false});
    net->batch_norm();
    net->relu();
    net->conv2d(4, {3, 1, 1, 1, false});
    net->add(trunk);
  }
  net->batch_norm();
  net->relu();
  net->mean_in_two_steps();
  net->linear(10);
}

void residual_of_input(TorchGraph* net) {
  const std::string input = net->current();
  net->relu();
  net->add(input);
  net->conv2d(3, {3, 1, 1});
  net->add(input);
  net->relu();
  net->mean_of_sides(true);
  net->flatten();
  net->linear(10);
}

void separable_block(TorchGraph* net, std::int64_t channels, std::int64_t stride) {
  net->conv_norm(net->dims()[1], {3, stride, 1, net->dims()[1]});
  net->relu();
  net->conv_norm(channels, {1});
  net->relu();
}

void mobilenet(TorchGraph* net) {
  net->conv_norm(4, {3, 2, 1});
  net->relu();
  separable_block(net, 6, 1);
  separable_block(net, 8, 2);
  net->adaptive_avg_pool2d(1);
  net->squeeze_sides();
  net->linear(10);
}

void inverted_residuals(TorchGraph* net) {
  net->conv_norm(4, {3, 2, 1});
  net->relu6();
  for (int block = 0; block < 2; ++block) {
    const std::string trunk = net->current();
    net->conv_norm(12, {1});
    net->relu6();
    net->conv_norm(12, {3, 1, 1, 12});
    net->relu6();
    net->conv_norm(4, {1});
    net->add(trunk);
  }
  net->conv_norm(8, {1});
  net->relu6();
  net->mean_of_sides(false);
  net->dropout();
  net->linear(10);
}

void padded_as_tensorflow(TorchGraph* net) {
  net->pad({0, 1, 0, 1});
  net->conv_norm(6, {3, 2});
  net->relu6();
  net->pad({1, 1, 1, 1});
  net->max_pool2d(3, 2);
  net->pad({0, 1, 1, 0});
  net->conv2d(8, {3, 2});
  net->adaptive_avg_pool2d(1);
  net->flatten();
  net->linear(10);
}

void padded_averages(TorchGraph* net) {
  net->conv2d(4, {3, 1, 1});
  net->pad({1, 2, 2, 1});
  net->avg_pool2d(4, 2, 0, false);
  net->conv2d(6, {2});
  net->avg_pool2d(3, 2, 1, false, true);
  net->relu();
  net->view_by_batch();
  net->linear(10);
}

void fully_convolutional(TorchGraph* net) {
  net->conv2d(6, {3, 2, 1});
  net->relu();
  net->max_pool2d(3, 2, 0, true);
  net->conv2d(8, {3, 1, 1, 2});
  net->relu();
  net->conv2d(10, {1});
  net->adaptive_avg_pool2d(1);
  net->view_by_batch();
  net->softmax();
}

void maxima(TorchGraph* net) {
  net->conv2d(5, {3, 1, 1});
  net->batch_norm();
  net->identity();
  net->relu();
  net->adaptive_max_pool2d();
  net->flatten();
  net->linear(10);
}

void normalised_input(TorchGraph* net) {
  net->normalise_input();
  net->conv2d(4, {3, 2, 1});
  net->relu();
  net->flatten();
  net->linear_by_matmul(10);
}

void batch_norm_at_the_input(TorchGraph* net) {
  net->batch_norm();
  net->conv2d(4, {3, 2, 1});
  net->max_pool2d(2, 2);
  net->batch_norm();
  net->relu();
  net->flatten();
  net->linear(10);
}

void layer_scale(TorchGraph* net) {
  net->conv2d(4, {4, 4});
  const std::string trunk = net->current();
  net->conv2d(4, {3, 1, 1, 4});
  net->batch_norm();
  net->conv2d(8, {1});
  net->relu();
  net->conv2d(4, {1});
  net->scale_channels();
  net->add(trunk);
  net->mean_of_sides(true);
  net->view_by_batch();
  net->batch_norm();
  net->linear(10);
}

void squeezed(TorchGraph* net) {
  // Fire modules without their concatenation, which no layer of the machine does.
  net->conv2d(6, {3, 2});
  net->relu();
  net->max_pool2d(3, 2, 0, true);
  net->conv2d(3, {1});
  net->relu();
  net->conv2d(8, {3, 1, 1});
  net->relu();
  net->dropout();
  net->conv2d(10, {1});
  net->relu();
  net->adaptive_avg_pool2d(1);
  net->view_by_all_sizes();
}

void dense_head(TorchGraph* net) {
  net->conv2d(4, {3, 1, 1, 1, false});
  net->batch_norm();
  net->hardtanh(-0.5F, 0.8F);
  net->max_pool2d(2, 2);
  net->identity();
  net->view_by_batch();
  net->linear(8);
  const std::string first = net->current();
  net->relu();
  net->linear(8);
  net->add(first);
  net->relu();
  net->linear(10);
  net->softmax();
}

}  // namespace

const std::vector<TorchNetwork>& torch_networks() {
  static const std::vector<TorchNetwork> networks = {
      {"lenet", lenet, 1, 14},
      {"lenet_with_averages", lenet_with_averages, 1, 12},
      {"perceptron", perceptron, 1, 8},
      {"perceptron_of_products", perceptron_of_products, 2, 6},
      {"vgg", vgg, 3, 16},
      {"resnet", resnet, 3, 8},
      {"resnet_with_mean", resnet_with_mean, 3, 16},
      {"preactivated_resnet", preactivated_resnet, 3, 8},
      {"residual_of_input", residual_of_input, 3, 6},
      {"mobilenet", mobilenet, 3, 12},
      {"inverted_residuals", inverted_residuals, 3, 10},
      {"padded_as_tensorflow", padded_as_tensorflow, 3, 16},
      {"padded_averages", padded_averages, 2, 11},
      {"fully_convolutional", fully_convolutional, 3, 13},
      {"maxima", maxima, 2, 8},
      {"normalised_input", normalised_input, 3, 8},
      {"batch_norm_at_the_input", batch_norm_at_the_input, 3, 10},
      {"layer_scale", layer_scale, 3, 12},
      {"squeezed", squeezed, 3, 15},
      {"dense_head", dense_head, 1, 8},
  };
  return networks;
}

std::vector<TorchStyle> torch_styles() {
  std::vector<TorchStyle> styles;
  for (unsigned i = 0; i < 16; ++i) {
    TorchStyle style;
    style.opset = 9 + i % 12;
    style.traces_shapes = i % 2 == 0 || i > 11;
    style.folds_normalisation = i % 3 == 0;
    style.symbolic_batch = i % 4 < 2;
    style.constants_are_nodes = i % 5 < 3;
    styles.push_back(style);
  }
  return styles;
}

}  // namespace airnn::test
