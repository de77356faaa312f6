// SPDX-License-Identifier: Apache-2.0
#include "hw/top/unit_factory.h"

namespace airnn {

namespace {

std::unique_ptr<ControllerPorts> make_controller(const char* unit, const ControllerParams& params,
                                                 const ClockDomain& clock) {
  return std::make_unique<ReadWeightController>(unit, params.reading, clock, params.planner,
                                                params.controlled);
}

std::unique_ptr<AddressPorts> make_addresses(const char* unit,
                                             const BufferAddressCalculationParams& params,
                                             const ClockDomain& clock) {
  return std::make_unique<BufferAddressCalculation>(unit, params, clock);
}

std::unique_ptr<ScorePorts> make_score(const char* unit, const ScoreCalculationParams& params,
                                       const ClockDomain& clock) {
  return std::make_unique<ScoreCalculation>(unit, params, clock);
}

std::unique_ptr<InputBufferPorts> make_input_buffer(const char* unit,
                                                    const InputBufferParams& params,
                                                    const ClockDomain& clock) {
  return std::make_unique<InputBuffer>(unit, params.shape, clock, params.consumers, params.places);
}

}  // namespace

const UnitFactory& built_in_units() {
  static const UnitFactory factory = {
      {{"systemc", make_controller}},
      {{"systemc", make_addresses}},
      {{"systemc", make_score}},
      {{"systemc", make_input_buffer}},
  };
  return factory;
}

}  // namespace airnn
