// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/associative/associative_sums.h"
#include "hw/compute/layer_engine.h"
#include "hw/compute/mac/layer_arithmetic.h"
#include "hw/compute/mac/mac_engine.h"

namespace airnn {

/// The built-in engine with an associative memory beside each multiplier (docs/associative.md): a
/// search in the cycle before, so each run takes a cycle more, and what it finds is not multiplied.
/// Without rows it is the built-in engine.
class AssociativeEngine final : public LayerEngine {
 public:
  explicit AssociativeEngine(const EngineParams& params);

  LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                    std::vector<IssueRun>* issues) const override;
  LayerOutput values(const LayerOperands& operands) override;
  LayerWork work(const LayerOperands& operands, const LayerRun& run) const override;
  std::vector<RowSearch> searches(const LayerOperands& operands, std::size_t most) const override;
  std::unique_ptr<EnginePins> pins() const override;

 private:
  bool has_rows() const { return params_.layer.match_rows > 0; }

  const EngineParams params_;
  MacEngine mac_;
  AssociativeSums* sums_;  ///< of the arithmetic
  LayerArithmetic arithmetic_;
};

}  // namespace airnn
