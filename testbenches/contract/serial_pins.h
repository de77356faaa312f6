// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/compute/engine_params.h"
#include "hw/compute/layer_engine.h"

namespace airnn::test {

/// The registers of a serial engine's convolution: operands, product, and the output that leaves
/// with the last weight of a kernel.
class SerialPins final : public EnginePins {
 public:
  explicit SerialPins(const EngineParams& params);

  const std::vector<EnginePin>& pins() const override { return pins_; }
  std::size_t stages() const override { return 3; }
  void begin(const LayerOperands& operands) override { operands_ = operands; }
  void show(std::size_t stage, std::uint64_t slot, PinSink& sink) override;

 private:
  struct Place {
    std::uint32_t kernel = 0;
    const KernelWeight* weight = nullptr;
    std::int64_t position = 0;
  };
  Place place(std::uint64_t slot) const;
  std::int32_t pixel(const Place& place) const;
  std::int32_t result(const Place& place) const;
  std::int64_t product(const Place& place) const {
    return params_.product->product(place.weight->value, pixel(place));
  }

  const EngineParams params_;
  std::vector<EnginePin> pins_;
  LayerOperands operands_;
};

}  // namespace airnn::test
