// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/common/beats.h"
#include "hw/compute/decompressor/line_expander.h"

namespace airnn {

struct DecompressorParams {
  ExpansionRate rate;
  CrsWidths widths;  ///< of the weights
};

/// Makes words of lines between Buffer Address Calculation and the weight buffer of a layer
/// (docs/line_coding.md). An item that arrives in t is expanded from max(t, last cycle of the item
/// before) + 1 on, and popped in its last cycle. It knows cycles, and no stream.
class Decompressor {
 public:
  struct Expansion {
    Cycle begin = 0;
    Cycle end = 0;     ///< behind the last cycle
    Cycle waited = 0;  ///< without an item, between two of the same batch
    /// Slots and values; good until the next item.
    const std::vector<PlacedWord>* words = nullptr;
  };

  explicit Decompressor(const DecompressorParams& params) : params_(params) {}

  /// The item's lines have as many words as the item has slots.
  Expansion expand(const PlacedWeights& item, Cycle arrival);
  /// The next item belongs to another batch.
  void end_batch() { in_batch_ = false; }

 private:
  DecompressorParams params_;
  Cycle free_ = 0;  ///< behind the last cycle of the item before
  bool in_batch_ = false;
  std::vector<std::int32_t> weights_;
  std::vector<PlacedWord> words_;
};

}  // namespace airnn
