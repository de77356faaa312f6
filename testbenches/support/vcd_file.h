// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace airnn::test {

/// One signal of a waveform: its values by the time (ps) from which they hold. Bits and vectors as
/// written, without leading zeros; reals and texts as written.
struct VcdSignal {
  std::string type;  ///< wire, reg, real, string
  unsigned width = 0;
  std::map<std::uint64_t, std::string> changes;

  /// The value at a time; "" before the first.
  std::string at(std::uint64_t time) const;
  std::uint64_t number_at(std::uint64_t time) const { return number_of(at(time)); }
  static std::uint64_t number_of(const std::string& bits);
  /// In two's complement of the signal's width.
  std::int64_t signed_of(const std::string& bits) const;
};

/// A Value Change Dump as it was read back.
struct VcdFile {
  std::map<std::string, VcdSignal> signals;  ///< by full path
  std::string timescale;
  std::uint64_t first_time = 0;
  std::uint64_t last_time = 0;
  bool has_steps = false;

  const VcdSignal& operator[](const std::string& path) const { return signals.at(path); }
};

/// Reads a file strictly; throws std::runtime_error with the line for anything the format does not
/// have, for times that do not ascend and for values written again unchanged.
VcdFile read_vcd(const std::string& path);

}  // namespace airnn::test
