// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hw/common/clock_domain.h"
#include "hw/link/wiring.h"
#include "sw/results/counts.h"
#include "sw/results/link_record.h"

namespace airnn {

/// What lies on all bindings of a machine, and is hardware of it.
class Link : public WiringStage {
 public:
  /// What it did before this cycle and since the call before: actions that its model declares.
  /// Asked whenever the controller enters a state.
  virtual Counts work_until(Cycle /*cycle*/) { return {}; }
  /// Its nodes and wires, and what these carried from the start on to where nothing is under way;
  /// null: streams share nothing.
  virtual const LinkRecord* loads() { return nullptr; }
  /// The link that is looked into: itself, or the one that it stands for.
  virtual Link& core() { return *this; }
};

/// What a link may know of the machine before its bindings are made.
struct LinkedMachine {
  ClockDomain clock;                ///< of the fabric
  std::vector<std::string> layers;  ///< scopes of the layers' units, in the layers' order
  std::vector<std::string> names;   ///< names of these units
  std::string memory;               ///< name of the memory's unit
};

/// How streams get from unit to unit, with its parameters: an interconnect before it is built.
struct LinkModel {
  using Make = std::function<std::unique_ptr<Link>(const LinkedMachine& machine)>;

  std::string name = "direct";
  Make make;                          ///< empty: senders are bound to receivers
  std::vector<PricedAction> counted;  ///< what it does beside what every machine counts
  /// Streams can overtake and hold up each other: the controller waits until units have taken its
  /// messages, and at the end of an input until nothing is under way.
  bool is_shared = false;
  /// A map's rows can be read as they become ready; false: with `handoff: map` only.
  bool hands_on_rows = true;
  std::string warning;  ///< what the user should know of these parameters
};

}  // namespace airnn
