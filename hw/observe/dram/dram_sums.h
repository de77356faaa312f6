// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/observe/dram/dram_counts.h"
#include "hw/observe/dram/latency_histogram.h"

namespace airnn {

/// What can be counted of a memory channel's events without regard to those before them. All times
/// are tCK.
class DramSums final : public DramListener {
 public:
  DramSums(std::uint32_t ranks, std::uint32_t banks)
      : banks_(banks), columns_(std::size_t{ranks} * banks) {}

  void issued(const CommandIssued& event) override {
    ++counts_.commands[static_cast<std::size_t>(event.command)];
    if (is_column(event.command)) {
      ++columns_[std::size_t{event.place.rank} * banks_ + event.place.bank];
    }
  }
  void served(const RequestServed& event) override;
  /// The events of `other` too, `later` cycles later.
  void add(const DramSums& other, Cycle later);

  /// Without the time in states.
  const DramCounts& counts() const { return counts_; }
  const LatencyHistogram& read_latency() const { return read_latency_; }
  std::uint64_t bank_columns(std::uint32_t rank, std::uint32_t bank) const {
    return columns_[std::size_t{rank} * banks_ + bank];
  }
  Cycle last_read_cycle() const { return last_read_cycle_; }
  Cycle last_completion() const { return last_completion_; }

  friend bool operator==(const DramSums& a, const DramSums& b) {
    return a.banks_ == b.banks_ && a.counts_ == b.counts_ && a.read_latency_ == b.read_latency_ &&
           a.columns_ == b.columns_ && a.last_read_cycle_ == b.last_read_cycle_ &&
           a.last_completion_ == b.last_completion_;
  }

 private:
  std::uint32_t banks_;
  DramCounts counts_;
  LatencyHistogram read_latency_;
  std::vector<std::uint64_t> columns_;  ///< by rank and bank
  Cycle last_read_cycle_ = 0;
  Cycle last_completion_ = 0;
};

}  // namespace airnn
