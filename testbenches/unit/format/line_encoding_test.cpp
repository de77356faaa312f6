// SPDX-License-Identifier: Apache-2.0
#include "sw/format/encoding/line_encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "sw/format/encoding/encodings.h"
#include "sw/format/errors.h"
#include "sw/format/memory_image_builder.h"
#include "testbenches/support/image_parts.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

constexpr CrsWidths kBytes = {1, 2};
constexpr CrsWidths kHalves = {2, 2};
constexpr CrsWidths kWords = {4, 2};

std::vector<std::int32_t> weights_of(const LineSegment& segment, const CrsWidths& widths) {
  return line_weights({segment}, widths);
}

TEST(LineSegments, GiveTheWordsOfTheRule) {
  using testing::ElementsAre;
  // Eight weights: k = 3, the slope's unit is half a start.
  EXPECT_THAT(weights_of({100, 32, 8}, kHalves),
              ElementsAre(100, 116, 132, 148, 164, 180, 196, 212));
  // A half goes up: 3.5, 4, 4.5; -3.5, -4, -4.5.
  EXPECT_THAT(weights_of({3, 1, 5}, kHalves), ElementsAre(3, 4, 4, 5, 5));
  EXPECT_THAT(weights_of({-3, -1, 5}, kHalves), ElementsAre(-3, -3, -4, -4, -5));
  // One weight has no slope, two have twice its unit.
  EXPECT_THAT(weights_of({7, 1000, 1}, kHalves), ElementsAre(7));
  EXPECT_THAT(weights_of({7, 10, 2}, kHalves), ElementsAre(7, 27));
  // The nearest bound, and the upper half of 32 bits.
  EXPECT_THAT(weights_of({32000, 32767, 2}, kHalves), ElementsAre(32000, 32767));
  EXPECT_THAT(weights_of({-100, -128, 2}, kBytes), ElementsAre(-100, -128));
  EXPECT_THAT(weights_of({-2, 1, 2}, kWords), ElementsAre(-131072, 0));
}

TEST(LineSegments, LieInMemoryAsThePageSays) {
  EXPECT_EQ(segment_array({{-2, 258, 256}, {1, -1, 1}}, kHalves),
            (std::vector<std::uint8_t>{0xFE, 0xFF, 2, 1, 255, 1, 0, 0xFF, 0xFF, 0}));
  EXPECT_EQ(segment_array({{-2, 127, 3}}, kBytes), (std::vector<std::uint8_t>{0xFE, 127, 2}));
  std::mt19937_64 random(3);
  for (const CrsWidths& widths : {kBytes, kHalves, kWords}) {
    const std::int32_t most = 1 << (line_bits(widths) - 1);
    const auto number = [&] {
      return static_cast<std::int32_t>(random() % (2 * static_cast<std::uint64_t>(most))) - most;
    };
    std::uint8_t bytes[8];
    for (int i = 0; i < 200; ++i) {
      const LineSegment segment = {number(), number(),
                                   static_cast<std::uint32_t>(1 + random() % 256)};
      store_segment(segment, widths, bytes);
      EXPECT_TRUE(load_segment(bytes, widths) == segment);
    }
  }
}

/// Two fully connected layers of 3x4 and 2x3, all weights lines.
Network two_layers(int weight_bits) {
  Network network;
  network.name = "two";
  network.input = {4, 1, 1};
  network.input_format = {8, 4};
  network.preprocess.mean.assign(4, 0.0);
  network.preprocess.deviation.assign(4, 1.0);
  MapShape shape = network.input;
  for (const std::int32_t kernels : {3, 2}) {
    Layer layer;
    layer.name = "layer" + std::to_string(network.layers.size());
    layer.kind = LayerKind::fully_connected;
    layer.source = static_cast<std::int32_t>(network.layers.size()) - 1;
    layer.input = shape;
    layer.kernels = kernels;
    layer.columns = shape.size();
    layer.weight_format = {weight_bits, 4};
    layer.output_format = {8, 4};
    layer.clamp_low = -128;
    layer.clamp_high = 127;
    shape = {kernels, 1, 1};
    layer.result = layer.output = shape;
    layer.weights = kernels * layer.columns;
    network.layers.push_back(layer);
  }
  return network;
}

MemoryImage matrices(const CrsWidths& widths = kHalves, bool second_is_plain = false) {
  ImageInfo info = {Scheme::base, widths, 1};
  info.encoding = kLineEncoding;
  MemoryImageBuilder builder(info);
  builder.add_network(two_layers(8 * widths.value_bytes));
  builder.add_biases(0, {1, 2, 3});
  builder.add_biases(1, {1, 2});
  builder.add_arrays(line_matrix_encoding(), 0, 0, 0,
                     {segment_array({{10, 3, 7}, {-9, 2, 5}}, widths)});
  if (second_is_plain) {
    builder.add_dense_weights(1, {1, 2, 3, 4, 5, 6});
  } else {
    builder.add_arrays(line_matrix_encoding(), 1, 0, 0, {segment_array({{5, 1, 6}}, widths)});
  }
  return MemoryImage::parse(builder.finish(), "lines");
}

/// The first cluster of both layers: three weights of the first, one of the second; and what is
/// left in the second.
MemoryImage clusters() {
  Network network = two_layers(16);
  network.layers[0].clusters = 1;
  network.layers[0].weights = 3;
  network.layers[0].zeros = 9;
  network.layers[1].clusters = 2;
  network.layers[1].weights = 2;
  network.layers[1].zeros = 4;
  ImageInfo info = {Scheme::iterative, kHalves, 1};
  info.encoding = kLineEncoding;
  MemoryImageBuilder builder(info);
  builder.add_network(network);
  builder.add_biases(0, {1, 2, 3});
  builder.add_biases(1, {1, 2});
  CrsCluster first;
  first.append({0, 1, 0, 0});
  first.append({0, 2, 0, 0});
  first.append({0, 0, 2, 0});
  first.append({0, 0, 1, 1});
  builder.add_arrays(line_cluster_encoding(), kAllLayers, 1, 0,
                     line_cluster_encoding().encode(first, {{50, 4, 3}, {7, 0, 1}}, kHalves));
  CrsCluster second;
  second.append({0, 2, 0, 1});
  builder.add_arrays(line_cluster_encoding(), kAllLayers, 1, 1,
                     line_cluster_encoding().encode(second, {{-5, 0, 1}}, kHalves));
  return MemoryImage::parse(builder.finish(), "clusters");
}

TEST(LineImages, HoldWhatTheirLinesGive) {
  const MemoryImage image = matrices();
  EXPECT_TRUE(image.has_lines());
  EXPECT_TRUE(image.network().layers[0].has_lines);
  EXPECT_EQ(image.bytes().data[40], 2);
  EXPECT_EQ(image.bytes().data[41], 16);
  std::vector<std::int32_t> due = weights_of({10, 3, 7}, kHalves);
  for (const std::int32_t weight : weights_of({-9, 2, 5}, kHalves)) {
    due.push_back(weight);
  }
  EXPECT_EQ(image.dense_weights(0), due);
  EXPECT_EQ(image.dense_weights(1), weights_of({5, 1, 6}, kHalves));
  EXPECT_EQ(image.segments(0, 0, 0).size(), 2U);
  EXPECT_EQ(matrices(kBytes).bytes().data[41], 8);
  EXPECT_EQ(matrices(kWords).dense_weights(1)[0], 5 * 65536);
  const MemoryImage mixed = matrices(kHalves, true);
  EXPECT_FALSE(mixed.network().layers[1].has_lines);
  EXPECT_EQ(mixed.dense_weights(1), (std::vector<std::int32_t>{1, 2, 3, 4, 5, 6}));
  const CrsCluster cluster = clusters().cluster(1, 0);
  EXPECT_EQ(cluster.value, (std::vector<std::int32_t>{50, 54, 58, 7}));
}

std::string refusal(const MemoryImage& image, const std::function<void(ImageParts&)>& spoil) {
  ImageParts parts = ImageParts::of(image);
  spoil(parts);
  try {
    MemoryImage::parse(parts.build(), "x");
  } catch (const ImageError& error) {
    return error.what();
  }
  return "taken";
}

/// With right checksums.
TEST(LineImages, AreRefusedWithOneMessage) {
  const auto lines = [](ImageParts& p, std::uint16_t layer) -> std::vector<std::uint8_t>& {
    return p.part(SectionKind::line_dense, layer, 0, 0).bytes;
  };
  const auto values = [](ImageParts& p) -> std::vector<std::uint8_t>& {
    return p.part(SectionKind::line_value, kAllLayers, 1, 0).bytes;
  };
  EXPECT_EQ(refusal(matrices(), [](ImageParts&) {}), "taken");
  EXPECT_EQ(refusal(matrices(), [&](ImageParts& p) { lines(p, 0)[4] = 7; }),
            "x: weights of layer 0: line_dense array: its segments have 13 weights, expected 12");
  EXPECT_EQ(refusal(matrices(), [&](ImageParts& p) { lines(p, 0)[4] = 255; }),
            "x: weights of layer 0: line_dense array: its segments have 261 weights, expected 12");
  EXPECT_EQ(refusal(matrices(), [&](ImageParts& p) { lines(p, 1).pop_back(); }),
            "x: weights of layer 1: line_dense array: 4 bytes are no multiple of a segment of 5");
  EXPECT_THAT(refusal(matrices(), [&](ImageParts& p) { lines(p, 1).clear(); }),
              HasSubstr("weights of layer 1: line_dense array: its segments have 0 weights"));
  EXPECT_THAT(refusal(matrices(),
                      [](ImageParts& p) {
                        p.part(SectionKind::line_dense, 1, 0, 0).section.kind =
                            SectionKind::line_value;
                      }),
              HasSubstr("section line_value, layer 1: an image of scheme base has none such"));
  EXPECT_EQ(refusal(matrices(kHalves, true),
                    [](ImageParts& p) {
                      p.parts.pop_back();
                      p.part(SectionKind::line_dense, 0, 0, 0).section.kind =
                          SectionKind::dense_value;
                    }),
            "x: section dense_value, layer 0: has 10 bytes, expected 24");
  EXPECT_EQ(refusal(matrices(),
                    [](ImageParts& p) {
                      for (std::uint16_t layer = 0; layer < 2; ++layer) {
                        ImageParts::Part& part = p.part(SectionKind::line_dense, layer, 0, 0);
                        part.section.kind = SectionKind::dense_value;
                        part.bytes.assign(layer == 0 ? 24 : 12, 1);
                      }
                    }),
            "x: header: its weights are lines, but no layer has any");
  // Clusters: a line that goes on in the next layer, one that is too long, another sum.
  EXPECT_EQ(refusal(clusters(), [](ImageParts&) {}), "taken");
  EXPECT_EQ(refusal(clusters(),
                    [&](ImageParts& p) {
                      values(p)[4] = 1;
                      values(p)[9] = 1;
                    }),
            "x: cluster 0 of iteration 1: line_value array: a segment crosses from layer 0 to "
            "layer 1");
  EXPECT_EQ(refusal(clusters(), [&](ImageParts& p) { values(p)[4] = 16; }),
            "x: cluster 0 of iteration 1: line_value array: a segment of 17 weights, expected at "
            "most 16");
  EXPECT_EQ(refusal(clusters(), [&](ImageParts& p) { values(p)[9] = 1; }),
            "x: cluster 0 of iteration 1: line_value array: its segments have 5 weights, expected "
            "4");
  // A weight that a line makes zero does not count.
  EXPECT_EQ(refusal(clusters(), [&](ImageParts& p) { values(p)[5] = 0; }),
            "x: section network: layer 'layer1': claims 2 weights, but 1 are stored");
}

TEST(LineImages, SayHowWideLinesAre) {
  const MemoryImage image = matrices();
  std::vector<std::uint8_t> bytes(image.bytes().begin(), image.bytes().end());
  bytes[41] = 8;
  store_little_endian(&bytes[60], crc32c({bytes.data(), 60}), 4);
  try {
    MemoryImage::parse(bytes, "x");
    ADD_FAILURE() << "the image was taken";
  } catch (const ImageError& error) {
    EXPECT_STREQ(error.what(),
                 "x: header: lines whose start has 8 bits, expected 16 beside weights of 16");
  }
}

TEST(LineEncodings, KeepWhatSegmentsCanHold) {
  std::mt19937_64 random(4);
  for (const CrsWidths& widths : {kBytes, kHalves, kWords}) {
    const MatrixShape shape = {3, 50, widths};
    std::vector<std::int32_t> weights;
    for (std::uint64_t i = 0; i < shape.weights(); ++i) {
      const auto word = static_cast<std::int32_t>(random() % 256) - 128;
      weights.push_back(word * (1 << line_shift(widths)));
    }
    const EncodedArrays arrays = line_matrix_encoding().encode(weights, shape);
    EXPECT_EQ(arrays[0].size(), line_matrix_encoding().bytes(weights, shape)[0]);
    EXPECT_EQ(line_matrix_encoding().decode({{arrays[0].data(), arrays[0].size()}}, shape),
              weights);
  }
  EXPECT_THROW(line_matrix_encoding().encode({1}, {1, 1, kWords}), std::logic_error);
}

}  // namespace
}  // namespace airnn::test
