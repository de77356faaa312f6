// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_contents.h"

#include <utility>

namespace airnn {

FetchContents::FetchContents(const FetchPlanner& planner)
    : planner_(planner),
      directory_(planner.directory()),
      biases_(planner.biases()),
      batches_(static_cast<std::size_t>(planner.iterations())),
      tables_(batches_.size()) {}

BatchContent& FetchContents::batch(std::uint32_t iteration) {
  std::unique_ptr<BatchContent>& slot = batches_[iteration - 1];
  if (slot == nullptr) {
    slot = std::make_unique<BatchContent>(planner_.batch(static_cast<int>(iteration)));
  }
  return *slot;
}

BatchContent& FetchContents::tables(std::uint32_t iteration) {
  std::unique_ptr<BatchContent>& slot = tables_[iteration - 1];
  if (slot == nullptr) {
    slot = std::make_unique<BatchContent>(planner_.tables(static_cast<int>(iteration)));
  }
  return *slot;
}

BatchContent& FetchContents::input_map(std::uint64_t address) {
  input_map_ = std::make_unique<BatchContent>(planner_.input_map(address));
  return *input_map_;
}

const GroupTables* FetchContents::groups(std::uint32_t iteration) {
  if (!has_tables(iteration)) {
    return nullptr;
  }
  const BatchContent& content = tables(iteration);
  last_groups_ = std::move(present_groups_);
  present_groups_ = groups_.get(
      content.content(), [&content] { return std::make_shared<const GroupTables>(content); },
      [](const KeptTables& one, const KeptTables& other) { return *one == *other; });
  return present_groups_.get();
}

}  // namespace airnn
