// SPDX-License-Identifier: Apache-2.0
#include "sw/format/network_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "sw/format/errors.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string refusal_after(const std::function<void(Network&)>& change) {
  Network network = sample_network();
  change(network);
  const std::vector<std::uint8_t> bytes = encode_network(network);
  try {
    decode_network({bytes.data(), bytes.size()});
  } catch (const ImageError& error) {
    return error.what();
  }
  return "<accepted>";
}

TEST(NetworkCodec, RestoresEveryField) {
  Network network = sample_network();
  network.layers[0].pool = PoolKind::average;
  network.layers[0].count_include_pad = true;
  const std::vector<std::uint8_t> bytes = encode_network(network);
  const Network read = decode_network({bytes.data(), bytes.size()});
  EXPECT_EQ(encode_network(read), bytes);
  EXPECT_EQ(read.name, "sample");
  EXPECT_TRUE(read.input == network.input && read.input_format == network.input_format);
  EXPECT_EQ(read.preprocess.mean, network.preprocess.mean);
  EXPECT_EQ(read.preprocess.deviation, network.preprocess.deviation);
  EXPECT_EQ(read.preprocess.scale, network.preprocess.scale);
  EXPECT_TRUE(read.has_softmax);
  ASSERT_EQ(read.layers.size(), 5U);
  const Layer& conv = read.layers[0];
  EXPECT_EQ(conv.name, "conv");
  EXPECT_EQ(conv.kind, LayerKind::convolution);
  EXPECT_EQ(conv.source, kNetworkInput);
  EXPECT_EQ(conv.skip, kNoSource);
  EXPECT_EQ(conv.window.kernel_h, 3);
  EXPECT_EQ(conv.pool, PoolKind::average);
  EXPECT_EQ(conv.pool_window.stride_w, 2);
  EXPECT_EQ(conv.activation, Activation::relu);
  EXPECT_EQ(conv.clamp_low, 0);
  EXPECT_EQ(conv.clamp_high, std::numeric_limits<std::int32_t>::max());
  EXPECT_TRUE(conv.count_include_pad);
  EXPECT_EQ(read.layers[1].window.pad_right, 1);
  EXPECT_EQ(read.layers[1].groups, 2);
  EXPECT_EQ(read.layers[2].skip, 0);
  EXPECT_EQ(read.layers[4].columns, 2);
  EXPECT_EQ(read.layers[4].clusters, 3);
  EXPECT_EQ(read.layers[4].zeros, 2);
  EXPECT_EQ(read.layers[4].weights, 4);
}

TEST(NetworkCodec, RefusesEveryTruncationAndAnExtraByte) {
  std::vector<std::uint8_t> bytes = encode_network(sample_network());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW(decode_network({bytes.data(), size}), ImageError) << size;
  }
  bytes.push_back(0);
  EXPECT_THROW(decode_network({bytes.data(), bytes.size()}), ImageError);
}

TEST(NetworkCodec, NamesTheLayerThatCannotBe) {
  const auto in_layer = [](const std::function<void(Layer&)>& change, std::size_t index) {
    return refusal_after([&](Network& network) { change(network.layers[index]); });
  };
  const auto names = [](const char* layer) { return HasSubstr(std::string("layer '") + layer); };
  EXPECT_THAT(in_layer([](Layer& l) { l.source = 0; }, 0), names("conv")) << "reads itself";
  EXPECT_THAT(in_layer([](Layer& l) { l.source = 4; }, 1), names("depthwise")) << "reads ahead";
  EXPECT_THAT(in_layer([](Layer& l) { l.source = kNoSource; }, 1), names("depthwise"));
  EXPECT_THAT(in_layer([](Layer& l) { l.input.width = 5; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.input.height = -6; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.output.channels = 0; }, 4), names("fc"));
  EXPECT_THAT(in_layer([](Layer& l) { l.window.stride_h = 0; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.window.pad_left = -1; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.window.kernel_h = 2; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.groups = 0; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.groups = 1; }, 1), names("depthwise"));
  EXPECT_THAT(in_layer([](Layer& l) { l.kernels = 0; }, 4), names("fc"));
  EXPECT_THAT(in_layer([](Layer& l) { l.kernels = 3; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.columns = 3; }, 4), names("fc"));
  EXPECT_THAT(in_layer([](Layer& l) { l.kernels = 1; }, 3), names("pool"));
  EXPECT_THAT(in_layer([](Layer& l) { l.kernels = -1; }, 3), names("pool"));
  EXPECT_THAT(in_layer([](Layer& l) { l.skip = kNoSource; }, 2), names("add"));
  EXPECT_THAT(in_layer([](Layer& l) { l.skip = kNetworkInput; }, 2), names("add"));
  EXPECT_THAT(in_layer([](Layer& l) { l.pool = PoolKind::none; }, 3), names("pool"));
  EXPECT_THAT(in_layer([](Layer& l) { l.pool_window.kernel_w = 5; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.weight_format.bits = 7; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.output_format.fraction_bits = -1; }, 2), names("add"));
  EXPECT_THAT(in_layer([](Layer& l) { std::swap(l.clamp_low, l.clamp_high); }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.clamp_high = std::int64_t{1} << 31; }, 0), names("conv"));
  EXPECT_THAT(in_layer([](Layer& l) { l.kind = static_cast<LayerKind>(9); }, 3), names("pool"));
  EXPECT_THAT(in_layer([](Layer& l) { l.pool = static_cast<PoolKind>(9); }, 3), names("pool"));
  EXPECT_THAT(in_layer([](Layer& l) { l.activation = static_cast<Activation>(9); }, 0),
              names("conv"));
}

TEST(NetworkCodec, RefusesPoolingWindowsWithoutAnElement) {
  EXPECT_THAT(refusal_after([](Network& network) {
                Layer& pool = network.layers[3];
                pool.pool_window.pad_top = 2;
                pool.pool_window.pad_bottom = 0;
                pool.output = pool.result = {2, 3, 1};
              }),
              AllOf(HasSubstr("layer 'pool'"), HasSubstr("outside of the map")));
}

TEST(NetworkCodec, RefusesImpossibleNetworks) {
  const auto accepted = testing::StrNe("<accepted>");
  EXPECT_THAT(refusal_after([](Network& n) { n.layers.clear(); }), accepted);
  EXPECT_THAT(refusal_after([](Network& n) { n.input.channels = 0; }), accepted);
  EXPECT_THAT(refusal_after([](Network& n) { n.input_format.bits = 64; }), accepted);
  EXPECT_THAT(refusal_after([](Network& n) { n.preprocess.mean.clear(); }), accepted);
  EXPECT_THAT(refusal_after([](Network& n) { n.preprocess.deviation[0] = 0; }), accepted);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(refusal_after([&](Network& n) { n.preprocess.deviation[0] = nan; }), accepted);
  EXPECT_THAT(refusal_after([&](Network& n) { n.preprocess.mean[0] = nan; }), accepted);
  EXPECT_THAT(refusal_after([&](Network& n) { n.preprocess.scale = nan; }), accepted);
}

}  // namespace
}  // namespace airnn
