// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/engine_table.h"
#include "hw/compute/mac/layer_arithmetic.h"

namespace airnn::test {

/// One multiplier, which does one multiplication per cycle: position by position of the output, in
/// it kernel by kernel, and of each the weights that are loaded. Layers without weights take a
/// cycle per position.
class SerialEngine final : public LayerEngine {
 public:
  explicit SerialEngine(const EngineParams& params);

  LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                    std::vector<IssueRun>* issues) const override;
  LayerOutput values(const LayerOperands& operands) override;
  LayerWork work(const LayerOperands& operands, const LayerRun& run) const override;
  std::unique_ptr<EnginePins> pins() const override;

 private:
  const EngineParams params_;
  LayerArithmetic arithmetic_;
};

/// What is built in and more: engine `serial`, product `odd_plus_one`.
EngineTable extended_engines();

}  // namespace airnn::test
