// SPDX-License-Identifier: Apache-2.0
#include "hw/common/wire_bits.h"

#include <gtest/gtest.h>

#include <array>

namespace airnn::test {
namespace {

/// 8-bit weights, indices of a byte, a weight buffer of 40 slots in rows of 10: 8 weights, a bias.
WireFormat small_format() {
  WireFormat format;
  format.word_bits = 8;
  format.index_bits = 8;
  format.slot_bits = 6;
  format.pitch = 10;
  format.element_bits = 16;
  return format;
}

TEST(WireBits, OfWeightsCountTheirPlaces) {
  WeightBeat beat;
  beat.count = 5;
  EXPECT_EQ(wire_bits(beat, small_format()), 5U * (8 + 3 * 8) + 1);
}

TEST(WireBits, OfABiasAreThoseOfAFullWord) {
  // The last two slots of a row are a bias: 18 and 19 are, 17 and 20 are weights.
  const std::array<PlacedWord, 4> words = {{{17, 1}, {18, 2}, {19, 3}, {20, 4}}};
  const PlacedWeights placed{words.data(), 4, 0, 0, 0};
  WireFormat format = small_format();
  EXPECT_EQ(wire_bits(placed, format), 4U * 6 + 2 * 8 + 2 * 32);
  format.is_dense = true;
  EXPECT_EQ(wire_bits(placed, format), 32U + 2 * 8 + 2 * 32) << "the receiver counts on";
  format.pitch = 0;
  EXPECT_EQ(wire_bits(placed, format), 32U + 4 * 8) << "without rows there is no bias";
}

TEST(WireBits, OfControlAreThoseOfItsTables) {
  ControlMessage message;
  EXPECT_EQ(wire_bits(message, small_format()), 0U);
  const KernelGroups groups = {{{0, 0, 1}, {3, 1, 1}}, {{1, 0, 2}}};
  message.groups = &groups;
  EXPECT_EQ(wire_bits(message, small_format()), 3U * (2 * 8 + 16));
}

TEST(WireBits, OfMapsAreThoseOfTheirElements) {
  InputBeat beat;
  beat.count = 16;
  EXPECT_EQ(wire_bits(beat, small_format()), 16U * 16);
  FeatureMap map;
  map.rows = 4;
  map.row_elements = 24;
  EXPECT_EQ(wire_bits(map, small_format()), 4U * 24 * 16);
}

TEST(WireBits, OfMessages) {
  EXPECT_EQ(wire_bits(BatchPlaced(), small_format()), 32U);
  EXPECT_EQ(wire_bits(InputJob(), small_format()), 64U);
  EXPECT_EQ(wire_bits(InputResult(), small_format()), 16U + 32);
  EXPECT_EQ(wire_bits(Decision(), small_format()), 16U + 17);
}

}  // namespace
}  // namespace airnn::test
