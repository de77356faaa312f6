// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/compute/engine_pins.h"
#include "hw/compute/mac/compute_pins.h"

namespace airnn {

/// Every register of a convolution's compute unit (ComputePins), by the names of
/// docs/waveforms.md.
class MacPins final : public EnginePins {
 public:
  explicit MacPins(const EngineParams& params);

  const std::vector<EnginePin>& pins() const override { return pins_; }
  std::size_t stages() const override { return stages_.size(); }
  void begin(const LayerOperands& operands) override;
  void show(std::size_t stage, std::uint64_t slot, PinSink& sink) override;

 private:
  /// What a stage shows, pin by pin from `first` on.
  struct Stage {
    enum class Kind { operands, products, block_tree, block_level, channel_tree, values, results };
    Kind kind = Kind::operands;
    std::size_t level = 0;
    ValuePins ComputeCycle::*values = nullptr;
    std::size_t first = 0;
  };
  struct Output {
    std::size_t valid = 0;  ///< behind it kernel and position
    bool is_shown = false;
  };

  void declare_operands();
  void declare_blocks();
  void declare_lanes();
  void declare_values(const std::string& name, ValuePins ComputeCycle::*values,
                      const PinType& type);
  std::size_t declare(const std::string& scope, const std::string& name, const PinType& type);
  void begin_stage(Stage::Kind kind, std::size_t level = 0,
                   ValuePins ComputeCycle::*values = nullptr);
  std::string unit_scope(std::size_t unit) const;
  std::string lane_scope(std::size_t position, std::size_t lane) const;
  std::string adder(std::size_t level, std::size_t number) const;

  void show_operands(std::size_t pin, const OperandPins& operands, PinSink& sink);
  void show_multiplier(std::size_t pin, std::size_t number, const MultiplierPins& pins,
                       PinSink& sink);
  void show_outputs(const ComputeCycle& trace, PinSink& sink);

  const EngineParams params_;
  const SparseKernels no_kernels_;
  ComputePins idle_;  ///< without kernels; tells the shape
  std::size_t positions_;
  std::size_t channels_;
  std::size_t area_;
  std::vector<EnginePin> pins_;
  std::vector<Stage> stages_;    ///< in the order of the pipeline
  std::vector<Output> outputs_;  ///< [position * lanes + lane]
  std::vector<MultiplierPins> shown_multipliers_;
  std::vector<std::size_t> shown_outputs_;
  std::unique_ptr<ComputePins> run_;
};

}  // namespace airnn
