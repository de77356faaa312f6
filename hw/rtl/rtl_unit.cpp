// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_unit.h"

#include <algorithm>

#include "hw/rtl/rtl_address_pins.h"
#include "hw/rtl/rtl_addresses.h"
#include "hw/top/accelerator.h"

namespace airnn {

namespace {

constexpr const char* kRow = "rtl";

void check_address_pins(const std::shared_ptr<const RtlLibrary>& library) {
  RtlAddressPins{RtlModel(library, "check", 0)};
}

void put_addresses(const RtlChoice& choice, const Network& network, AcceleratorParams& params) {
  const RtlLibrary& library = *choice.library;
  if (std::any_of(network.layers.begin(), network.layers.end(),
                  [](const Layer& layer) { return layer.has_lines; })) {
    library.fail("the image's weights are lines, for which the unit has no pins; expected words");
  }
  if (params.link.make) {
    library.fail("the RTL counts the slots of direct streams; expected interconnect: direct");
  }
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

}  // namespace

const RtlTable& built_in_rtl() {
  static const RtlTable units = {{"addresses", check_address_pins, put_addresses}};
  return units;
}

}  // namespace airnn
