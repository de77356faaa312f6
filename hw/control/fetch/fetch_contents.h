// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "hw/common/replay.h"
#include "hw/control/assembly/batch_content.h"
#include "hw/control/assembly/group_tables.h"
#include "hw/control/fetch/fetch_planner.h"

namespace airnn {

/// What the Read Weight Controller fetches, each made when it is asked for first. The same fetch
/// has the same address each time, but for input maps.
class FetchContents {
 public:
  explicit FetchContents(const FetchPlanner& planner);

  std::uint32_t iterations() const { return static_cast<std::uint32_t>(batches_.size()); }
  BatchContent& directory() { return directory_; }
  BatchContent& biases() { return biases_; }
  /// Iterations count from 1.
  BatchContent& batch(std::uint32_t iteration);
  BatchContent& tables(std::uint32_t iteration);
  bool has_tables(std::uint32_t iteration) { return !tables(iteration).layers_of_ranges().empty(); }
  /// Good until the next one is asked for.
  BatchContent& input_map(std::uint64_t address);
  /// The kernel groups of tables that were read, good until those after the next are asked for;
  /// null if the iteration has none. Throws ImageError if the tables contradict each other.
  const GroupTables* groups(std::uint32_t iteration);

 private:
  FetchPlanner planner_;
  BatchContent directory_;
  BatchContent biases_;
  std::vector<std::unique_ptr<BatchContent>> batches_;  ///< by iteration
  std::vector<std::unique_ptr<BatchContent>> tables_;   ///< likewise
  std::unique_ptr<BatchContent> input_map_;
  using KeptTables = std::shared_ptr<const GroupTables>;
  Replay<ContentId, KeptTables> groups_{"group tables", kMostContents};
  KeptTables present_groups_;
  KeptTables last_groups_;  ///< layers still have them when they are told of the present ones
};

}  // namespace airnn
