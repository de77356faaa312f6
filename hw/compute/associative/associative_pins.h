// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "hw/compute/associative/associative_product.h"
#include "hw/compute/mac/mac_pins.h"

namespace airnn {

/// The registers of a convolution's compute unit with an associative memory beside each multiplier:
/// those of the built-in engine, whose products are what leaves the multiplexers, and between
/// operands and products a stage with what each search found: the bin of the weight, whether a row
/// matched, and which.
class AssociativePins final : public EnginePins {
 public:
  explicit AssociativePins(EngineParams params);

  const std::vector<EnginePin>& pins() const override { return pins_; }
  std::size_t stages() const override { return mac_.stages() + 1; }
  void begin(const LayerOperands& operands) override;
  void show(std::size_t stage, std::uint64_t slot, PinSink& sink) override;

 private:
  static constexpr std::size_t kMatchStage = 1;

  void show_matches(std::uint64_t slot, PinSink& sink);

  std::shared_ptr<AssociativeProduct> product_;
  const EngineParams params_;
  MacPins mac_;
  std::vector<EnginePin> pins_;
  std::size_t first_match_ = 0;  ///< of the pins of searches, three for each multiplier
  const MatchTable* table_ = nullptr;
  std::unique_ptr<ComputePins> operands_;  ///< what the multipliers of a slot get
  std::vector<std::int64_t> shown_;
};

}  // namespace airnn
