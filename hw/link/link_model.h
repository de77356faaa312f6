// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/link/wiring.h"
#include "sw/results/counts.h"

namespace airnn {

/// What lies on all bindings of a machine, and is hardware of it.
class Link : public WiringStage {
 public:
  /// What it did before this cycle and since the call before: actions that its model declares.
  /// Asked whenever the controller enters a state.
  virtual Counts work_until(Cycle /*cycle*/) { return {}; }
};

/// What a link may know of the machine before its bindings are made.
struct LinkedMachine {
  ClockDomain clock;                ///< of the fabric
  std::vector<std::string> layers;  ///< names of the layers' units, in the layers' order
};

/// How streams get from unit to unit, with its parameters: an interconnect before it is built.
struct LinkModel {
  using Make = std::function<std::unique_ptr<Link>(const LinkedMachine& machine)>;

  std::string name = "direct";
  Make make;                          ///< empty: senders are bound to receivers
  std::vector<PricedAction> counted;  ///< what it does beside what every machine counts
};

}  // namespace airnn
