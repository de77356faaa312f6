// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/fault_config.h"

#include <algorithm>
#include <string>

#include "hw/top/accelerator.h"
#include "sw/config/nearest_name.h"

namespace airnn {

namespace {

constexpr std::uint64_t kMost = 1'000'000'000'000;

Fault read_fault(const ConfigReader& reader, const std::vector<std::string>& streams) {
  Fault fault;
  fault.kind =
      reader.required_enum<FaultKind>("kind", {{"bit_flip", FaultKind::bit_flip},
                                               {"stuck_stream", FaultKind::stuck_stream},
                                               {"delayed_response", FaultKind::delayed_response},
                                               {"dropped_burst", FaultKind::dropped_burst}});
  switch (fault.kind) {
    case FaultKind::bit_flip:
      fault.address = reader.required_int<std::uint64_t>("address", 0, kMost);
      fault.bit = reader.required_int("bit", 0U, 7U);
      fault.cycle = reader.required_int<Cycle>("cycle", 0, kMost);
      break;
    case FaultKind::stuck_stream:
      fault.stream = reader.required_string("stream");
      if (std::find(streams.begin(), streams.end(), fault.stream) == streams.end()) {
        reader.fail("stream", "no stream has this sender" + did_you_mean(fault.stream, streams));
      }
      fault.cycle = reader.required_int<Cycle>("cycle", 0, kMost);
      break;
    case FaultKind::delayed_response:
      fault.read = reader.required_int<std::uint64_t>("read", 0, kMost);
      fault.delay = reader.required_int<Cycle>("cycles", 1, kMost);
      break;
    case FaultKind::dropped_burst:
      fault.read = reader.required_int<std::uint64_t>("read", 0, kMost);
      break;
  }
  return fault;
}

}  // namespace

std::vector<Fault> read_faults(const ConfigReader& run, const Network& network) {
  const std::vector<std::string> streams = stream_names(network);
  std::vector<Fault> faults;
  for (const ConfigReader& reader : run.sections("faults")) {
    faults.push_back(read_fault(reader, streams));
  }
  return faults;
}

}  // namespace airnn
