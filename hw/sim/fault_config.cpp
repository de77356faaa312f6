// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/fault_config.h"

#include <algorithm>
#include <string>

#include "hw/sim/parameters/fault_parameters.h"
#include "hw/top/stream_plan.h"
#include "sw/config/nearest_name.h"

namespace airnn {

namespace {

Fault read_fault(const ConfigReader& reader, const std::vector<std::string>& streams) {
  Fault fault;
  fault_kind_parameter().read(reader, fault);
  for (const FaultKeys& keys : fault_parameters()) {
    if (keys.kind == fault.kind) {
      read_parameters(keys.keys, reader, fault);
    }
  }
  if (fault.kind == FaultKind::stuck_stream &&
      std::find(streams.begin(), streams.end(), fault.stream) == streams.end()) {
    reader.fail("stream", "no stream has this sender" + did_you_mean(fault.stream, streams));
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
