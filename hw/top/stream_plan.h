// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/link/wiring.h"
#include "sw/format/network.h"

namespace airnn {

/// A stream of a machine before there is one: which port sends to which.
struct PlannedStream {
  /// Binds the ports to each other; they are sockets of the stream's type.
  using Connect = void (*)(Wiring& wiring, sc_core::sc_object& from, sc_core::sc_object& to,
                           const WireFormat& wires);

  std::string from;  ///< path below the machine: "score_calculation.out_decision"
  std::string to;
  WireFormat wires;
  Connect connect;
};

/// All streams of the machine for a network, in the order in which they are bound. This is the only
/// place that lists them: the machine is bound by it, and what is said about a stream before there
/// is a machine (a fault in a run file) is held against it. `words`: weights as they lie in memory;
/// names do not depend on it.
std::vector<PlannedStream> plan_streams(const Network& network, const WireFormat& words = {});

/// The senders of all these.
std::vector<std::string> stream_names(const Network& network);

/// How many units read the map that layer `source` (kNetworkInput: the input buffer) delivers. That
/// of the last layer goes to Score Calculation and, as a signal, to the controller.
unsigned consumers_of(const Network& network, std::int32_t source);

}  // namespace airnn
