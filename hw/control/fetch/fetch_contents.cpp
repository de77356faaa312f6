// SPDX-License-Identifier: Apache-2.0
#include "hw/control/fetch/fetch_contents.h"

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
  std::unique_ptr<const GroupTables>& groups = groups_[content.content()];
  if (groups == nullptr) {
    groups = std::make_unique<GroupTables>(content);
  }
  return groups.get();
}

}  // namespace airnn
