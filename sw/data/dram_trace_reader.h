// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

/// A line of a memory trace: a read or write of the 64-byte burst at `address`.
struct TraceRequest {
  std::uint64_t arrival = 0;  ///< tCK, below 10^18
  std::uint64_t address = 0;  ///< bytes
  bool is_write = false;
};

/// Reads a trace of lines "<arrival tCK> <R|W> <hex address>", plain or gzip, in memory that does
/// not depend on its length. Arrivals do not descend; 0x may stand before addresses; empty lines
/// and lines that begin with # are skipped. Everything else is a DataError that names file and
/// line.
class DramTraceReader {
 public:
  /// Addresses at or beyond `capacity_bytes` are refused.
  DramTraceReader(const std::string& path, std::uint64_t capacity_bytes);

  /// The next request; false at the end of the trace.
  bool next(TraceRequest& request);

  /// For progress: bytes of the file, 0 if it is a pipe, and how many have been read.
  std::uint64_t file_bytes() const { return file_.size(); }
  std::uint64_t bytes_read() const { return file_.position(); }

 private:
  bool refill();
  [[noreturn]] void refuse(const char* line, const char* end) const;

  DataFile file_;
  std::uint64_t capacity_bytes_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;         ///< of the next line in the buffer
  std::size_t lines_end_ = 0;  ///< behind the last whole line
  std::size_t filled_ = 0;
  std::uint64_t line_ = 0;  ///< number of the line read last, from 1
  std::uint64_t last_arrival_ = 0;
};

}  // namespace airnn
