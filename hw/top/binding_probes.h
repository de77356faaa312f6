// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "hw/control/address/address_ports.h"
#include "hw/control/score/score_ports.h"
#include "hw/link/stream_view.h"
#include "hw/link/tap_stage.h"

namespace airnn {

/// Tells, in the place of a unit without probes, what its bindings show. How such a unit spends its
/// cycles is not among it. Everything must outlive the binding's tap.
class AddressBindings {
 public:
  /// `layers`: which layer each of the unit's outputs belongs to. `latency_cycles`: from taking a
  /// beat to its arrival.
  AddressBindings(AddressPorts& unit, const TapStage& taps, const ClockDomain& clock,
                  const std::vector<std::uint32_t>& layers, Cycle latency_cycles);

  Probe<WordsPlaced> on_placed;
  Probe<BeatPlaced> on_beat;

 private:
  void placed(std::uint32_t layer, const Timed<PlacedWeights>& words);
  void placed(std::uint32_t layer, const ItemTrain<PlacedWeights>& train);

  const Cycle latency_cycles_;
  std::vector<std::unique_ptr<StreamView<PlacedWeights>>> views_;
};

/// The same for Score Calculation.
class ScoreBindings {
 public:
  ScoreBindings(ScorePorts& unit, const TapStage& taps, const ClockDomain& clock);

  Probe<ScoreBegun> on_begun;
  Probe<ScoreDecided> on_decided;

 private:
  void tell();

  StreamView<FeatureMap> outputs_;
  StreamView<Decision> decisions_;
  std::deque<Cycle> taken_;              ///< outputs without a decision
  std::deque<Timed<Decision>> decided_;  ///< decisions of outputs that are still to be taken
};

}  // namespace airnn
