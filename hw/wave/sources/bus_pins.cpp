// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/sources/bus_pins.h"

#include <algorithm>

namespace airnn {

BusPins::BusPins(WaveTree& tree, const std::string& scope, std::uint64_t outstanding)
    : request_valid_(tree.add(scope, "request_valid", WaveType::bit())),
      request_ready_(tree.add(scope, "request_ready", WaveType::bit())),
      request_write_(tree.add(scope, "request_write", WaveType::bit())),
      request_address_(tree.add(scope, "request_address", WaveType::address())),
      response_valid_(tree.add(scope, "response_valid", WaveType::bit())),
      response_address_(tree.add(scope, "response_address", WaveType::address())),
      in_flight_id_(tree.add(scope, "in_flight", WaveType::number_to(outstanding))) {
  own(request_valid_, tree);
}

Cycle BusPins::next() const {
  return std::min(
      {requests_.next(), accepts_.next(), responses_.next(), request_end_, response_end_});
}

void BusPins::show(Cycle cycle, WaveWriter& writer) {
  if (request_end_ <= cycle) {
    request_end_ = kNever;
    is_requesting_ = false;
  }
  if (response_end_ <= cycle) {
    response_end_ = kNever;
    in_flight_ -= answered_;
    answered_ = 0;
  }
  while (requests_.has(cycle)) {
    const Request request = requests_.take();
    ++in_flight_;
    is_requesting_ = true;
    writer.set(request_address_, request.address);
    writer.set(request_write_, request.is_write ? 1 : 0);
  }
  while (accepts_.has(cycle)) {
    accepts_.take();
    request_end_ = cycle + 1;
  }
  std::uint64_t answer = 0;
  while (responses_.has(cycle)) {
    answer = responses_.take();
    ++answered_;
    response_end_ = cycle + 1;
  }
  writer.set(request_valid_, is_requesting_ ? 1 : 0);
  writer.set(request_ready_, request_end_ != kNever ? 1 : 0);
  writer.set(response_valid_, answered_ > 0 ? 1 : 0);
  if (answered_ > 0) {
    writer.set(response_address_, answer);
  }
  writer.set(in_flight_id_, in_flight_);
}

}  // namespace airnn
