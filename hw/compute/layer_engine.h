// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/common/cycle.h"
#include "hw/compute/compute_events.h"
#include "hw/compute/engine_pins.h"
#include "hw/compute/layer_run.h"
#include "hw/compute/mac/sparse_kernels.h"
#include "sw/format/interleaving.h"

namespace airnn {

class MatchTable;

/// What a run works on. Maps are CHW.
struct LayerOperands {
  const SparseKernels* kernels = nullptr;  ///< null: a layer without weights
  const KernelGroups* groups = nullptr;    ///< null: one kernel per slot
  const std::int32_t* map = nullptr;
  const std::int32_t* skip = nullptr;  ///< null: no second operand
  const MatchTable* rows = nullptr;    ///< of the associative memory; null: there is none
};

/// When a run may begin.
struct OperandTimes {
  Cycle earliest = 0;                ///< nothing is issued before
  const Cycle* map_rows = nullptr;   ///< row r of the input map is readable from here on
  const Cycle* skip_rows = nullptr;  ///< ... of the second operand, which has the result's rows
};

/// A run's output map, CHW; good until the engine computes the next.
struct LayerOutput {
  const std::vector<std::int32_t>* map = nullptr;
  std::uint64_t saturated = 0;  ///< sums whose result the output format cannot hold
};

/// What computes a layer, behind the ports of LayerUnit: when a run issues what, which values it
/// has, and how much it does. An engine has no state from run to run, and times say nothing of
/// values: equal operands give equal values and equal work, and a run that may begin d cycles later
/// is the same run d cycles later. What every engine must keep is tested in testbenches/contract.
class LayerEngine {
 public:
  virtual ~LayerEngine() = default;

  /// The run in cycles. `issues`, if asked for: the cycles of its slots.
  virtual LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                            std::vector<IssueRun>* issues) const = 0;
  virtual LayerOutput values(const LayerOperands& operands) = 0;
  virtual LayerWork work(const LayerOperands& operands, const LayerRun& run) const = 0;
  /// Of a run with an associative memory, some of its searches, at most so many; else none.
  virtual std::vector<RowSearch> searches(const LayerOperands& /*operands*/,
                                          std::size_t /*most*/) const {
    return {};
  }
  /// The registers that a waveform shows; null: none.
  virtual std::unique_ptr<EnginePins> pins() const { return nullptr; }
};

}  // namespace airnn
