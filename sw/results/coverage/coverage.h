// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/results/coverage/cover_table.h"

namespace airnn {

/// How often each bin was hit.
class Coverage {
 public:
  Coverage();

  void hit(Cover group, std::size_t first, std::size_t second = 0, std::uint64_t times = 1);
  /// By places in the table and among the group's bins.
  void hit_bin(std::size_t group, std::size_t bin, std::uint64_t times) {
    hits_[group][bin] += times;
  }
  std::uint64_t hits(std::size_t group, std::size_t bin) const { return hits_[group][bin]; }
  void merge(const Coverage& other);

  /// Goals that were never hit, "group: bin".
  std::vector<std::string> holes() const;
  /// Illegal bins that were hit, with their reasons. Excluded ones, too: their reason is wrong.
  std::vector<std::string> broken() const;

  friend bool operator==(const Coverage& a, const Coverage& b) { return a.hits_ == b.hits_; }

 private:
  std::vector<std::vector<std::uint64_t>> hits_;  ///< by group and bin
};

}  // namespace airnn
