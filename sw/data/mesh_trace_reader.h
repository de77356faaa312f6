// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

/// A line of a trace of packets.
struct TracePacket {
  std::uint64_t offered = 0;  ///< cycle, below 10^18
  unsigned source = 0;        ///< node
  unsigned destination = 0;   ///< node
  unsigned flits = 0;
  unsigned virtual_channel = 0;
};

/// What the packets of a trace must fit.
struct TraceLimits {
  unsigned nodes = 0;
  unsigned flits = 0;  ///< of the longest packet
  unsigned virtual_channels = 0;
};

/// Reads a trace of lines "<offered> <source> <destination> <flits> <virtual channel>", plain or
/// gzip, in memory that does not depend on its length. Cycles do not descend; empty lines and lines
/// that begin with # are skipped. Everything else is a DataError that names file and line.
class MeshTraceReader {
 public:
  MeshTraceReader(const std::string& path, const TraceLimits& limits);

  /// The next packet; false at the end of the trace.
  bool next(TracePacket& packet);

  /// For progress: bytes of the file, 0 if it is a pipe, and how many have been read.
  std::uint64_t file_bytes() const { return file_.size(); }
  std::uint64_t bytes_read() const { return file_.position(); }

 private:
  bool next_line(std::string_view& line);
  TracePacket parse(std::string_view line) const;
  [[noreturn]] void refuse(const std::string& complaint) const;

  DataFile file_;
  const TraceLimits limits_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;      ///< of the next line in the buffer
  std::size_t filled_ = 0;  ///< bytes of the buffer
  std::uint64_t line_ = 0;  ///< number of the line read last, from 1
  std::uint64_t last_offered_ = 0;
};

}  // namespace airnn
