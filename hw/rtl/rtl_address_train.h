// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "hw/rtl/rtl_address_pins.h"

namespace airnn {

/// What RTL of Buffer Address Calculation made of a train, which is a whole batch.
struct RtlPlacedBatch {
  struct Piece {
    Cycle arrival = 0;  ///< counted as the train's cycles are
    std::vector<PlacedWord> words;
  };

  std::vector<std::vector<Piece>> layers;
  Cycle acknowledged = 0;   ///< in which cycle, counted likewise
  std::uint32_t words = 0;  ///< so many are acknowledged
};

/// Clocks a model through a train of beats: all that will happen is known, as layers take every
/// item of a train when it arrives. Cycles in which nothing happens are left out, as ever.
class RtlAddressTrain {
 public:
  /// `unit` begins messages.
  RtlAddressTrain(RtlModel& model, RtlAddressPins& pins, const ClockDomain& clock,
                  std::string unit);

  /// Ends the run if the RTL does not take a beat in its cycle, or does not acknowledge.
  RtlPlacedBatch run(const ItemTrain<WeightBeat>& train);
  /// The first cycle, counted from the start, that the model has not gone through.
  Cycle next() const { return next_; }

 private:
  void drive_credits(Cycle t);
  void take_outputs(Cycle t);

  RtlModel& model_;
  RtlAddressPins& pins_;
  const ClockDomain& clock_;
  const std::string unit_;
  std::vector<std::deque<Cycle>> credits_;  ///< by layer, when its slots come back
  RtlPlacedBatch batch_;
  bool is_acknowledged_ = false;
  Cycle next_ = 0;
};

}  // namespace airnn
