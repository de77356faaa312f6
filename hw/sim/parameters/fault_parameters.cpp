// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/fault_parameters.h"

namespace airnn {

namespace {

constexpr std::int64_t kMost = 1'000'000'000'000;

Parameter<Fault> cycle_key(const char* sentence) {
  return Parameter<Fault>::integer("cycle", &Fault::cycle, 0, kMost, sentence).required();
}

Parameter<Fault> read_key() {
  return Parameter<Fault>::integer("read", &Fault::read, 0, kMost,
                                   "Number of the read since the start, from 0")
      .required();
}

}  // namespace

const std::vector<FaultKeys>& fault_parameters() {
  using Row = Parameter<Fault>;
  static const std::vector<FaultKeys> kinds{
      {FaultKind::bit_flip,
       "bit_flip",
       {Row::integer("address", &Fault::address, 0, kMost, "Byte of the memory").required(),
        Row::integer("bit", &Fault::bit, 0, 7, "Bit of the byte").required(),
        cycle_key("From this cycle on the bit is inverted")}},
      {FaultKind::stuck_stream,
       "stuck_stream",
       {Row::text("stream", &Fault::stream, "port",
                  "Sender of the stream: read_weight_controller.out_weights")
            .required(),
        cycle_key("From this cycle on items are lost")}},
      {FaultKind::delayed_response,
       "delayed_response",
       {read_key(),
        Row::integer("cycles", &Fault::delay, 1, kMost, "So many cycles late is the answer")
            .required()}},
      {FaultKind::dropped_burst, "dropped_burst", {read_key()}}};
  return kinds;
}

const Parameter<Fault>& fault_kind_parameter() {
  static const Parameter<Fault> kind = [] {
    std::vector<NamedValue<FaultKind>> names;
    for (const FaultKeys& keys : fault_parameters()) {
      names.push_back({keys.name, keys.kind});
    }
    return Parameter<Fault>::choice("kind", &Fault::kind, names, "What goes wrong").required();
  }();
  return kind;
}

}  // namespace airnn
