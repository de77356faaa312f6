// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <tlm>
#include <vector>

#include "hw/memory/write_log.h"

namespace airnn {

/// The bytes of a memory, in any controller: executes reads and writes in zero time.
class Storage {
 public:
  explicit Storage(std::uint64_t bytes) : bytes_(bytes) {}

  std::uint64_t size() const { return bytes_.size(); }
  /// Copies the payload's data and sets its response status (address or byte-enable error).
  void execute(tlm::tlm_generic_payload& payload);
  /// Are the 64 bytes at `address` these?
  bool holds_burst(std::uint64_t address, const std::uint8_t* bytes) const;
  /// Every write since the start.
  const WriteLog& writes() const { return writes_; }
  /// transport_dbg: number of bytes copied, cut off at the end of the memory.
  unsigned debug(tlm::tlm_generic_payload& payload);

 private:
  std::vector<std::uint8_t> bytes_;
  WriteLog writes_;
};

}  // namespace airnn
