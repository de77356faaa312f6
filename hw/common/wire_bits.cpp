// SPDX-License-Identifier: Apache-2.0
#include "hw/common/wire_bits.h"

namespace airnn {

namespace {

constexpr std::uint64_t kFullWord = 32;  // a half of a bias, a slot, a number of an input
constexpr std::uint64_t kClassBits = 16;
constexpr std::uint64_t kIterationBits = 16;
constexpr std::uint64_t kAddressBits = 64;
/// First block and number of blocks of a grouped kernel.
constexpr std::uint64_t kBlockBits = 16;

/// A bias lies in the two columns behind the weights of its row, a table behind all rows.
bool comes_at_boot(const PlacedWord& word, const WireFormat& format) {
  return format.pitch >= 2 && ((format.slots > 0 && word.slot >= format.slots) ||
                               word.slot % format.pitch >= format.pitch - 2);
}

}  // namespace

std::uint64_t wire_bits(const WeightBeat& item, const WireFormat& format) {
  if (item.segment_count > 0) {
    // Of a matrix the first word has coordinates, from which on the receiver counts.
    const std::uint64_t placed = format.is_dense ? 1 : item.count;
    return std::uint64_t{item.segment_count} * format.segment_bits +
           placed * 3 * format.index_bits + 1;
  }
  return std::uint64_t{item.count} * (format.word_bits + 3 * format.index_bits) + 1;
}

std::uint64_t wire_bits(const PlacedWeights& item, const WireFormat& format) {
  std::uint64_t bits = format.is_dense ? kFullWord : std::uint64_t{item.count} * format.slot_bits;
  if (item.segment_count > 0) {
    return bits + std::uint64_t{item.segment_count} * format.segment_bits;
  }
  for (std::uint32_t i = 0; i < item.count; ++i) {
    bits += comes_at_boot(item.words[i], format) ? kFullWord : format.word_bits;
  }
  return bits;
}

std::uint64_t wire_bits(const BatchPlaced& /*item*/, const WireFormat& /*format*/) {
  return kFullWord;
}

std::uint64_t wire_bits(const ControlMessage& item, const WireFormat& format) {
  if (item.groups == nullptr) {
    return 0;
  }
  std::uint64_t kernels = 0;
  for (const KernelGroup& group : *item.groups) {
    kernels += group.size();
  }
  return kernels * (2 * std::uint64_t{format.index_bits} + kBlockBits);
}

std::uint64_t wire_bits(const InputBeat& item, const WireFormat& format) {
  return std::uint64_t{item.count} * format.element_bits;
}

std::uint64_t wire_bits(const FeatureMap& item, const WireFormat& format) {
  return std::uint64_t{item.rows} * item.row_elements * format.element_bits;
}

std::uint64_t wire_bits(const Decision& /*item*/, const WireFormat& format) {
  return format.element_bits + kClassBits + 1;
}

std::uint64_t wire_bits(const InputJob& /*item*/, const WireFormat& /*format*/) {
  return kAddressBits;
}

std::uint64_t wire_bits(const InputResult& /*item*/, const WireFormat& format) {
  return format.element_bits + kClassBits + kIterationBits;
}

}  // namespace airnn
