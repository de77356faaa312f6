// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_unit.h"

#include <algorithm>

#include "hw/rtl/rtl_address_pins.h"
#include "hw/rtl/rtl_addresses.h"
#include "hw/rtl/rtl_controller.h"
#include "hw/rtl/rtl_controller_pins.h"
#include "hw/rtl/rtl_score.h"
#include "hw/top/accelerator.h"

namespace airnn {

namespace {

constexpr const char* kRow = "rtl";

void check_link(const RtlLibrary& library, const AcceleratorParams& params) {
  if (params.link.make) {
    library.fail("the RTL counts the slots of direct streams; expected interconnect: direct");
  }
}

void check_address_pins(const std::shared_ptr<const RtlLibrary>& library) {
  RtlAddressPins{RtlModel(library, "check", 0)};
}

void put_addresses(const RtlChoice& choice, const Network& network, AcceleratorParams& params) {
  const RtlLibrary& library = *choice.library;
  if (std::any_of(network.layers.begin(), network.layers.end(),
                  [](const Layer& layer) { return layer.has_lines; })) {
    library.fail("the image's weights are lines, for which the unit has no pins; expected words");
  }
  check_link(library, params);
  const RtlModel model(choice.library, "check", 0);
  RtlAddressPins(model).check(model, address_params(params, network), params.controller.lanes);
  params.factory.addresses.push_back(
      {kRow, [choice](const char* unit, const BufferAddressCalculationParams& unit_params,
                      const ClockDomain& clock) {
         return std::make_unique<RtlAddresses>(unit, unit_params, clock, choice.library,
                                               choice.seed);
       }});
  params.units.addresses = kRow;
}

void check_controller_pins(const std::shared_ptr<const RtlLibrary>& library) {
  RtlControllerPins{RtlModel(library, "check", 0)};
}

void put_controller(const RtlChoice& choice, const Network& network, AcceleratorParams& params) {
  check_link(*choice.library, params);
  const RtlModel model(choice.library, "check", 0);
  RtlControllerPins(model).check(model, params.controller, network);
  RtlControllerNetwork known;
  known.input_elements = static_cast<std::uint32_t>(network.input.size());
  for (const Layer& layer : network.layers) {
    known.columns.push_back(static_cast<std::uint32_t>(layer.columns));
  }
  params.factory.controller.push_back(
      {kRow, [choice, known](const char* unit, const ControllerParams& unit_params,
                             const ClockDomain& clock) {
         return std::make_unique<RtlController>(unit, unit_params.reading, known, clock,
                                                unit_params.planner, unit_params.controlled,
                                                choice.library, choice.seed);
       }});
  params.units.controller = kRow;
}

void check_score_pins(const std::shared_ptr<const RtlLibrary>& library) {
  RtlScorePins{RtlModel(library, "check", 0)};
}

void put_score(const RtlChoice& choice, const Network& network, AcceleratorParams& params) {
  check_link(*choice.library, params);
  const RtlModel model(choice.library, "check", 0);
  RtlScorePins(model).check(model, params.score, static_cast<std::size_t>(network.classes()),
                            softmax_cycles(params, network), params.margin_cycles);
  params.factory.score.push_back(
      {kRow, [choice](const char* unit, const ScoreCalculationParams& unit_params,
                      const ClockDomain& clock) {
         return std::make_unique<RtlScore>(unit, unit_params, clock, choice.library, choice.seed);
       }});
  params.units.score = kRow;
}

}  // namespace

const RtlTable& built_in_rtl() {
  static const RtlTable units = {{"addresses", check_address_pins, put_addresses},
                                 {"controller", check_controller_pins, put_controller},
                                 {"score", check_score_pins, put_score}};
  return units;
}

}  // namespace airnn
