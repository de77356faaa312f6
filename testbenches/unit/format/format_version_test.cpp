// SPDX-License-Identifier: Apache-2.0
//
// Which version of the image's format says what (docs/memory_image.md).
#include <gtest/gtest.h>

#include <functional>

#include "sw/format/errors.h"
#include "sw/format/network_codec.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn {
namespace {

Network eight_bits() {
  Network network = sample_network();
  network.input_format.bits = 8;
  for (Layer& layer : network.layers) {
    layer.weight_format.bits = layer.output_format.bits = 8;
    layer.clamp_low = layer.clamp_low < 0 ? -128 : layer.clamp_low;
    layer.clamp_high = 127;
  }
  return network;
}

std::string refusal_in_version(std::uint32_t version, const Network& network) {
  const std::vector<std::uint8_t> bytes = encode_network(network);
  try {
    decode_network({bytes.data(), bytes.size()}, version);
  } catch (const ImageError& error) {
    return error.what();
  }
  return "";
}

std::string refusal_of_changed(const std::function<void(Network&)>& change) {
  Network network = eight_bits();
  change(network);
  return refusal_in_version(2, network);
}

TEST(FormatVersion, IsTheFirstForWhatItCanSay) {
  EXPECT_EQ(format_version(sample_network()), 1U);
  EXPECT_EQ(refusal_in_version(1, eight_bits()), "");
  const std::vector<std::uint8_t> image = sample_image(Scheme::iterative);
  EXPECT_EQ(image[8], 1);
}

TEST(FormatVersion, IsTheSecondForTablesAndTensorsWithoutSign) {
  Network network = eight_bits();
  network.input_format.is_unsigned = true;
  network.layers[0].output_format.is_unsigned = true;
  network.layers[0].clamp_high = 255;
  network.layers[0].product_table = 0x12345678;
  network.layers[0].is_tuned = true;
  EXPECT_EQ(format_version(network), 2U);
  const std::vector<std::uint8_t> bytes = encode_network(network);
  EXPECT_THROW(decode_network({bytes.data(), bytes.size()}, 1), ImageError);
  // Of layer 0 the other layers read what has no sign.
  for (Layer& layer : network.layers) {
    if (layer.kind == LayerKind::pooling) {
      layer.output_format = network.format_of(layer.source);
    }
  }
  const std::vector<std::uint8_t> whole = encode_network(network);
  const Network read = decode_network({whole.data(), whole.size()}, 2);
  EXPECT_TRUE(read.input_format.is_unsigned);
  EXPECT_TRUE(read.layers[0].output_format.is_unsigned);
  EXPECT_FALSE(read.layers[4].output_format.is_unsigned);
  EXPECT_EQ(read.layers[0].product_table, 0x12345678U);
  EXPECT_TRUE(read.layers[0].is_tuned);
  EXPECT_EQ(read.layers[4].product_table, 0U);
}

TEST(FormatVersion, WithoutNeedIsRefused) {
  EXPECT_NE(refusal_in_version(2, sample_network()), "");
  std::vector<std::uint8_t> image = sample_image(Scheme::base);
  image[8] = 2;
  renew_checksums(image);
  EXPECT_NE(refusal_of_image(image), "<accepted>");
  image[8] = 3;
  renew_checksums(image);
  EXPECT_NE(refusal_of_image(image).find("image format 3, this program reads formats 1 to 2"),
            std::string::npos)
      << refusal_of_image(image);
}

TEST(FormatVersion, WhatCannotBeIsRefused) {
  const auto refused = [](const std::function<void(Network&)>& change, const std::string& why) {
    const std::string refusal = refusal_of_changed(change);
    EXPECT_NE(refusal.find(why), std::string::npos) << refusal;
  };
  refused([](Network& n) { n.layers[4].weight_format.is_unsigned = true; }, "has no sign");
  refused([](Network& n) { n.layers[4].output_format.is_unsigned = true; }, "layer 'fc'");
  refused([](Network& n) { n.input_format = {16, 4, true}; }, "impossible input shape or format");
  refused([](Network& n) { n.layers[0].is_tuned = true; }, "is tuned without one");
  refused([](Network& n) { n.layers[2].product_table = 5; }, "has a table of products");
  refused(
      [](Network& n) {
        n.layers[4].product_table = 5;
        n.layers[4].weight_format.bits = 16;
      },
      "has a table of products");
}

}  // namespace
}  // namespace airnn
