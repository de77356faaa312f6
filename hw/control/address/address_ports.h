// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "hw/common/activity.h"
#include "hw/common/beats.h"
#include "hw/common/clock_domain.h"
#include "hw/common/probe.h"
#include "hw/common/stream.h"
#include "hw/control/control_events.h"

namespace airnn {

/// The slot of Buffer Address Calculation: what the machine binds, and what observers may listen
/// to.
class AddressPorts : public sc_core::sc_module {
 protected:
  const ClockDomain& clock_;

 public:
  StreamIn<WeightBeat> in_weights{"in_weights", clock_};
  /// One per layer that has weights, in the order of the layers.
  sc_core::sc_vector<StreamOut<PlacedWeights>> out_placed{"out_placed"};
  StreamOut<BatchPlaced> out_batch_placed{"out_batch_placed", clock_, 2};

  Probe<WordsPlaced> on_placed;
  Probe<BeatPlaced> on_beat;
  Probe<CyclesSpent> on_cycles;

  /// `layers`: those that have weights. `latency_cycles`: from taking a beat to its arrival.
  AddressPorts(const sc_core::sc_module_name& name, const ClockDomain& clock, std::size_t layers,
               Cycle latency_cycles);

  /// False: the unit tells nothing; observers know what its bindings show.
  virtual bool has_probes() const { return true; }
};

}  // namespace airnn
