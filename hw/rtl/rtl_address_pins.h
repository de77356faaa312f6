// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/control/address/buffer_address_calculation.h"
#include "hw/rtl/rtl_model.h"

namespace airnn {

/// Words that RTL sends to one layer.
struct RtlPiece {
  std::uint32_t layer = 0;
  std::uint32_t valid_from = 0;
  std::vector<PlacedWord> words;
};

/// The pins of Buffer Address Calculation (docs/rtl.md).
struct RtlAddressPins {
  static constexpr unsigned kPitchBits = 24;
  static constexpr unsigned kRowsBits = 16;
  static constexpr unsigned kTableBits = 32;
  static constexpr unsigned kWordBits = 32;
  static constexpr unsigned kColumnBits = 24;
  static constexpr unsigned kRowBits = 16;
  static constexpr unsigned kLayerBits = 8;
  static constexpr unsigned kIterationBits = 16;

  /// Throws UserError if a pin is missing or is not what it should be.
  explicit RtlAddressPins(const RtlModel& model);

  /// Throws UserError if the RTL cannot do what the machine needs: beats of `lanes` words for these
  /// layers.
  void check(const RtlModel& model, const BufferAddressCalculationParams& params,
             unsigned machine_lanes) const;

  /// Puts a beat on the pins; null: there is none, and they are 0. Lanes without a word are 0, too.
  void drive(const WeightBeat* beat);
  /// The words that come out in this cycle. What does not fit together ends the run; `unit` begins
  /// the message.
  std::vector<RtlPiece> pieces(const std::string& unit) const;

  std::uint32_t layers;
  std::uint32_t lanes;
  std::uint32_t latency;      ///< what `rtl_latency` says
  std::uint32_t credit_bits;  ///< of each layer
  bool runs_ahead;            ///< it says by `rtl_trains` that it never holds up a train

  RtlPin busy, error;
  RtlPin pitch, rows, table;
  RtlPin weights_valid, weights_ready, weights_count, weights_last, weights_valid_from;
  RtlPin weights_value, weights_column, weights_row, weights_layer;
  RtlPin placed_valid, placed_credit, placed_count, placed_valid_from;
  RtlPin placed_slot, placed_value, placed_layer;
  RtlPin acknowledged, acknowledged_credit, acknowledged_words;
};

}  // namespace airnn
