// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/check.h"
#include "hw/control/address/buffer_address_calculation.h"
#include "hw/control/controller_ports.h"
#include "hw/control/input_buffer.h"
#include "hw/control/read_weight_controller.h"
#include "hw/control/score/score_calculation.h"

namespace airnn {

struct ControllerParams {
  ReadWeightControllerParams reading;
  FetchPlanner planner;
  unsigned controlled = 0;  ///< units that take reset, configure and start
};

struct InputBufferParams {
  MapShape shape;
  unsigned consumers = 1;
  unsigned places = 1;  ///< input maps that it holds
};

/// One way to fill a slot.
template <typename SlotPorts, typename SlotParams>
struct UnitRow {
  using Ports = SlotPorts;
  using Params = SlotParams;

  std::string name;
  /// `unit` is the module's name.
  std::function<std::unique_ptr<Ports>(const char* unit, const Params& params,
                                       const ClockDomain& clock)>
      make;
};

using ControllerRow = UnitRow<ControllerPorts, ControllerParams>;
using AddressRow = UnitRow<AddressPorts, BufferAddressCalculationParams>;
using ScoreRow = UnitRow<ScorePorts, ScoreCalculationParams>;
using InputBufferRow = UnitRow<InputBufferPorts, InputBufferParams>;

/// All units that can take a place in the machine, by slot and name. The first of a slot is the
/// usual one.
struct UnitFactory {
  std::vector<ControllerRow> controller;
  std::vector<AddressRow> addresses;
  std::vector<ScoreRow> score;
  std::vector<InputBufferRow> input_buffer;
};

/// The units of the project.
const UnitFactory& built_in_units();

/// Which row of the factory fills each slot; empty: the first.
struct UnitChoice {
  std::string controller;
  std::string addresses;
  std::string score;
  std::string input_buffer;

  /// A slot has another unit than the first, so perhaps one without probes.
  bool is_unusual() const {
    return !controller.empty() || !addresses.empty() || !score.empty() || !input_buffer.empty();
  }
};

/// Builds the unit of a slot. That `choice` is among `rows` was checked where it came from.
template <typename Row>
std::unique_ptr<typename Row::Ports> build_unit(const std::vector<Row>& rows,
                                                const std::string& choice, const char* unit,
                                                const typename Row::Params& params,
                                                const ClockDomain& clock) {
  for (const Row& row : rows) {
    if (choice.empty() || row.name == choice) {
      return row.make(unit, params, clock);
    }
  }
  model_failure(unit, "no unit of the name '" + choice + "' can take this place");
}

}  // namespace airnn
