// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/beats.h"

namespace airnn {

/// How wide the parts of an item are on the wires of one binding. It follows from the image and
/// from the unit at the receiving end.
struct WireFormat {
  unsigned word_bits = 32;   ///< of a weight (--precision)
  unsigned index_bits = 16;  ///< of a column, row, layer or kernel number, as the image stores them
  unsigned slot_bits = 32;   ///< of an address in the receiver's weight buffer
  /// Words come in row-major order without gaps, and the receiver counts on from the first slot.
  bool is_dense = false;
  unsigned segment_bits = 0;   ///< of a line, where weights are lines
  std::uint32_t pitch = 0;     ///< slots of a row in the receiver's weight buffer (BufferMap)
  std::uint64_t slots = 0;     ///< of its weights and biases, behind which tables of bins lie
  unsigned element_bits = 32;  ///< of an element of a map
};

// Bits of an item on its wires. A bias is two words of 32 bits whatever the weights have, and so is
// a word of a table. What only
// the simulator needs (content numbers, valid_from, cycles) takes no wire.

std::uint64_t wire_bits(const WeightBeat& item, const WireFormat& format);
/// Dense: the slot of the first word (32 bits), and the words. Else a slot for each word. Lines
/// travel in the place of their words.
std::uint64_t wire_bits(const PlacedWeights& item, const WireFormat& format);
std::uint64_t wire_bits(const BatchPlaced& item, const WireFormat& format);
/// The kind of a message goes without data; *configure* takes the layer's tables along (Figure 8c).
std::uint64_t wire_bits(const ControlMessage& item, const WireFormat& format);
std::uint64_t wire_bits(const InputBeat& item, const WireFormat& format);
std::uint64_t wire_bits(const FeatureMap& item, const WireFormat& format);
std::uint64_t wire_bits(const Decision& item, const WireFormat& format);
std::uint64_t wire_bits(const InputJob& item, const WireFormat& format);
std::uint64_t wire_bits(const InputResult& item, const WireFormat& format);

}  // namespace airnn
