// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace airnn {

/// When which bytes of a memory were written, in the order of writes, for who asks whether what was
/// there is still there. It keeps few ranges, and so may take a byte for written later than it was,
/// but not for earlier.
class WriteLog {
 public:
  /// The bytes from `begin` to before `end` are written.
  void write(std::uint64_t begin, std::uint64_t end);
  /// Number of the last write; 0 before the first.
  std::uint64_t now() const { return now_; }
  /// Number of the last write to one of the bytes; 0: there was none.
  std::uint64_t last_write(std::uint64_t begin, std::uint64_t end) const;

 private:
  static constexpr std::size_t kMostRanges = 64;
  struct Range {
    std::uint64_t end;
    std::uint64_t write;  ///< the last
  };
  using Ranges = std::map<std::uint64_t, Range>;  ///< by begin; none has bytes of another

  Ranges::iterator first_behind(std::uint64_t address);
  void join_all();

  Ranges ranges_;
  std::uint64_t now_ = 0;
};

}  // namespace airnn
