// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/common/cycle.h"
#include "hw/wave/sources/timed_queue.h"
#include "hw/wave/wave_source.h"

namespace airnn {

/// The memory's bus: a request is valid until it is accepted, in the cycle in which `request_ready`
/// is high; a response is valid for one cycle. Reads are in flight from their request to their
/// response.
class BusPins final : public WaveSource {
 public:
  /// At most `outstanding` requests are in flight.
  BusPins(WaveTree& tree, const std::string& scope, std::uint64_t outstanding);

  void requested(Cycle cycle, std::uint64_t address, bool is_write) {
    requests_.add(cycle, {address, is_write});
  }
  /// The next request may be offered from `cycle` on.
  void accepted(Cycle cycle) { accepts_.add(cycle - 1, 0); }
  void responded(Cycle cycle, std::uint64_t address) { responses_.add(cycle, address); }

  Cycle next() const override;
  void show(Cycle cycle, WaveWriter& writer) override;

 private:
  struct Request {
    std::uint64_t address = 0;
    bool is_write = false;
  };

  WaveId request_valid_, request_ready_, request_write_, request_address_, response_valid_,
      response_address_, in_flight_id_;
  TimedQueue<Request> requests_;
  TimedQueue<int> accepts_;  ///< the last cycle of the request
  TimedQueue<std::uint64_t> responses_;
  bool is_requesting_ = false;
  Cycle request_end_ = kNever;  ///< the accepted request is gone
  Cycle response_end_ = kNever;
  std::uint64_t in_flight_ = 0;
  std::uint64_t answered_ = 0;  ///< in the last cycle with a response
};

}  // namespace airnn
