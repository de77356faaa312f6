// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/worker_message.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace airnn {

namespace {

// One byte of kind, eight bytes of length, content.
constexpr std::size_t kHeadBytes = 9;

void send_bytes(int pipe, const std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t count = write(pipe, bytes, size);
    if (count >= 0) {
      bytes += count;
      size -= static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      _exit(EXIT_FAILURE);
    }
  }
}

void send_head(int pipe, WorkerMessage kind, std::uint64_t size) {
  std::array<std::uint8_t, kHeadBytes> head{static_cast<std::uint8_t>(kind)};
  store_little_endian(&head[1], size, 8);
  send_bytes(pipe, head.data(), head.size());
}

}  // namespace

void send_message(int pipe, WorkerMessage kind, ByteView content) {
  send_head(pipe, kind, content.size);
  send_bytes(pipe, content.data, content.size);
}

void send_failure(int pipe, const RunFailure& failure) {
  const auto kind = static_cast<std::uint8_t>(failure.kind);
  send_head(pipe, WorkerMessage::failure, 1 + failure.message.size());
  send_bytes(pipe, &kind, 1);
  send_bytes(pipe, reinterpret_cast<const std::uint8_t*>(failure.message.data()),
             failure.message.size());
}

RunFailure decode_failure(ByteView content, const std::string& process) {
  if (content.size == 0 || content.data[0] > static_cast<std::uint8_t>(FailureKind::killed)) {
    return {FailureKind::internal, process + " sent a failure of no kind"};
  }
  const auto* const text = reinterpret_cast<const char*>(content.data);
  return {static_cast<FailureKind>(content.data[0]), std::string(text + 1, text + content.size)};
}

void MessageReader::add(const std::uint8_t* bytes, std::size_t count) {
  bytes_.insert(bytes_.end(), bytes, bytes + count);
}

void MessageReader::take_all(const std::function<void(WorkerMessage, ByteView)>& take) {
  std::size_t at = 0;
  while (bytes_.size() - at >= kHeadBytes) {
    const std::uint64_t size = load_little_endian(&bytes_[at + 1], 8);
    if (bytes_.size() - at - kHeadBytes < size) {
      break;
    }
    take(static_cast<WorkerMessage>(bytes_[at]),
         ByteView{bytes_.data() + at + kHeadBytes, static_cast<std::size_t>(size)});
    at += kHeadBytes + size;
  }
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace airnn
