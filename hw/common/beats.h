// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/common/cycle.h"
#include "sw/format/encoding/line_segment.h"
#include "sw/format/interleaving.h"
#include "sw/format/network.h"

namespace airnn {

// What travels between units. Items are wires and pointers into the sender's buffers; a pointer is
// good until the item's credit went back, and for the whole run where `content` is not 0.

/// Names the data behind a pointer: equal numbers promise equal data. 0 promises nothing.
using ContentId = std::uint64_t;

/// A 32-bit word of the weight path with its coordinates. A bias is two words, its low and high
/// half, in the columns behind the last weight of its row.
struct WeightWord {
  std::int32_t value = 0;
  std::uint32_t column = 0;
  std::uint32_t row = 0;
  std::uint32_t layer = 0;

  friend bool operator==(const WeightWord& a, const WeightWord& b) {
    return a.value == b.value && a.column == b.column && a.row == b.row && a.layer == b.layer;
  }
};

/// Read Weight Controller -> Buffer Address Calculation: up to `lanes` words in one cycle. None, as
/// the last beat of a batch that is given up.
struct WeightBeat {
  const WeightWord* words = nullptr;
  std::uint32_t count = 0;
  std::uint32_t last = 0;   ///< 1: the batch ends with this beat
  ContentId content = 0;    ///< of the batch
  std::uint64_t first = 0;  ///< place of words[0] in the batch
  /// The words count from this iteration's *configure* on (prefetch); 0: at once.
  std::uint32_t valid_from = 0;
  /// The words as lines, if there are any: then these travel, and a word's value is what its line
  /// will give.
  const LineSegment* segments = nullptr;
  std::uint32_t segment_count = 0;
};

/// A word and the slot of the layer's weight buffer that it belongs to.
struct PlacedWord {
  std::uint32_t slot = 0;
  std::int32_t value = 0;

  friend bool operator==(const PlacedWord& a, const PlacedWord& b) {
    return a.slot == b.slot && a.value == b.value;
  }
};

/// Buffer Address Calculation -> weight buffer of a layer: the words of one beat for that layer.
struct PlacedWeights {
  const PlacedWord* words = nullptr;
  std::uint32_t count = 0;
  ContentId content = 0;         ///< of the batch
  std::uint64_t first = 0;       ///< place of words[0] among the batch's words for this layer
  std::uint32_t valid_from = 0;  ///< as in WeightBeat
  const LineSegment* segments = nullptr;  ///< as in WeightBeat
  std::uint32_t segment_count = 0;

  bool operator==(const PlacedWeights& other) const {
    return words == other.words && count == other.count && content == other.content &&
           first == other.first && valid_from == other.valid_from && segments == other.segments &&
           segment_count == other.segment_count;
  }
};

/// Buffer Address Calculation -> Read Weight Controller: the whole batch is in the buffers.
struct BatchPlaced {
  std::uint64_t words = 0;
};

enum class ControlKind : std::uint32_t { reset, configure, start };

/// Read Weight Controller -> input buffer and layers.
struct ControlMessage {
  ControlKind kind = ControlKind::reset;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  /// configure: the layer's kernels share slots as this table says; null: one kernel per slot. Good
  /// until the unit has the next message of this kind.
  const KernelGroups* groups = nullptr;
  ContentId content = 0;    ///< of the tables that `groups` is one of
  std::uint32_t place = 0;  ///< start: where the input buffer has the input's map
};

/// Read Weight Controller -> input buffer: one burst of the input map.
struct InputBeat {
  std::uint32_t first = 0;  ///< element of the input buffer: place * elements of a map + index
  std::uint32_t count = 0;  ///< elements, at most 16
  std::int32_t values[16] = {};
};

/// A feature map in its producer's output buffer. Rows become readable at row_ready[0..rows-1]
/// (cycles); the item itself arrives with the first that a consumer may need.
struct FeatureMap {
  const std::int32_t* data = nullptr;  ///< CHW
  const Cycle* row_ready = nullptr;
  std::uint32_t rows = 0;
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
  std::uint32_t row_elements = 0;  ///< of all channels
  /// By which a link makes every row later than `row_ready` says; 0 where nothing lies between.
  Cycle link_cycles = 0;

  Cycle readable(std::uint32_t row) const { return row_ready[row] + link_cycles; }
};

/// Score Calculation -> Read Weight Controller.
struct Decision {
  std::int64_t score = 0;  ///< Q0.31, or the outputs' format for the raw score
  std::uint32_t prediction = 0;
  std::uint32_t terminate = 0;  ///< 1: score >= threshold, or nothing is left to fetch
  std::uint32_t input = 0;
  std::uint32_t iteration = 0;
};

/// Host -> Read Weight Controller: classify the input map that lies at `address`, and those of the
/// group's other inputs behind it.
struct InputJob {
  std::uint64_t address = 0;
  std::uint32_t input = 0;  ///< the first of the group
  std::uint32_t count = 1;  ///< inputs of the group
};

/// Read Weight Controller -> Host.
struct InputResult {
  std::int64_t score = 0;
  std::uint32_t input = 0;
  std::uint32_t prediction = 0;
  std::uint32_t iterations = 0;
};

}  // namespace airnn
