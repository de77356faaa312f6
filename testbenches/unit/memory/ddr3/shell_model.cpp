// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/shell_model.h"

#include <algorithm>

namespace airnn::test {

ShellModel::ShellModel(const Ddr3ControllerParams& params, std::uint64_t fabric_ps)
    : params_(params),
      fabric_ps_(fabric_ps),
      ddr_ps_(params.channel.part.timing.tck_ps),
      channel_(params_.channel, *this) {}

void ShellModel::request(const MemoryAccess& access) {
  const std::size_t direction = access.is_write ? 1 : 0;
  const std::size_t places =
      access.is_write ? params_.channel.write_queue : params_.channel.read_queue;
  const std::size_t number = requested_[direction]++;
  Cycle leaves = access.begun;
  if (number >= places) {
    while (returned_[direction].size() <= number - places) {
      channel_.run_until(channel_.now() + 1);
    }
    leaves = std::max(leaves, returned_[direction][number - places]);
  }
  Expected expected;
  expected.request_free = leaves == access.begun ? leaves + 1 : leaves;
  DramRequest request;
  request.id = expected_.size();
  request.address = access.address;
  request.is_write = access.is_write;
  request.arrival =
      std::max(ddr_edge((leaves + params_.crossing_cycles) * fabric_ps_), last_arrival_ + 1);
  last_arrival_ = request.arrival;
  expected_.push_back(expected);
  channel_.run_until(request.arrival);
  channel_.accept(request, request.arrival);
}

void ShellModel::served(const RequestServed& event) {
  const Cycle crossing = params_.crossing_cycles;
  const Ddr3TimingParams& t = params_.channel.part.timing;
  // A forwarded read gives its place back when it is complete.
  Cycle freed = event.complete;
  if (event.outcome != RowOutcome::forwarded) {
    freed -= (event.is_write ? t.cwl : t.cl) + Ddr3TimingParams::kBurst - 1;
  }
  returned_[event.is_write ? 1 : 0].push_back(fabric_edge(freed) + crossing);
  last_response_ = std::max(fabric_edge(event.complete) + crossing, last_response_ + 1);
  expected_[event.id].response = last_response_;
}

void ShellModel::finish(Cycle fabric_cycle) {
  channel_.run_until(ddr_edge(fabric_cycle * fabric_ps_));
}

}  // namespace airnn::test
