// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hw/sim/run_failure.h"
#include "sw/format/byte_view.h"

namespace airnn {

/// What a worker process tells its parent through a pipe.
enum class WorkerMessage : std::uint8_t { record, failure, coverage };

/// Sends one message; ends the process if nobody listens any more. Allocates nothing, so that a
/// lack of memory can be told.
void send_message(int pipe, WorkerMessage kind, ByteView content);
void send_failure(int pipe, const RunFailure& failure);

/// The content of a message of kind failure; one that cannot be is a fault of `process`.
RunFailure decode_failure(ByteView content, const std::string& process);

/// Puts messages together from the bytes that come out of the pipe.
class MessageReader {
 public:
  void add(const std::uint8_t* bytes, std::size_t count);
  /// Calls `take` for every message that is complete.
  void take_all(const std::function<void(WorkerMessage, ByteView)>& take);

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace airnn
