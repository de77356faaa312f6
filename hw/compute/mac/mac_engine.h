// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/engine_params.h"
#include "hw/compute/layer_engine.h"
#include "hw/compute/mac/layer_arithmetic.h"
#include "hw/compute/mac/layer_schedule.h"

namespace airnn {

/// Multipliers and accumulators (paper, V-B and VI): a kernel, or a group of kernels, in each issue
/// slot. The registers of convolutions are shown.
class MacEngine final : public LayerEngine {
 public:
  explicit MacEngine(const EngineParams& params);

  LayerRun schedule(const LayerOperands& operands, const OperandTimes& times,
                    std::vector<IssueRun>* issues) const override;
  LayerOutput values(const LayerOperands& operands) override;
  LayerWork work(const LayerOperands& operands, const LayerRun& run) const override;
  std::unique_ptr<EnginePins> pins() const override;

 private:
  std::uint64_t issued(const LayerOperands& operands) const;
  void count_kernels(const SparseKernels& kernels, const LayerRun& run, LayerWork& work) const;
  void count_interleaving(const LayerRun& run, LayerWork& work) const;

  const EngineParams params_;
  LayerSchedule schedule_;
  LayerArithmetic arithmetic_;
  const PriceClass price_class_;
};

}  // namespace airnn
