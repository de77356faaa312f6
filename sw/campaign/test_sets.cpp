// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/test_sets.h"

#include <fmt/format.h>

#include "sw/format/errors.h"

namespace airnn {

const LabelledSet& TestSets::read(const TestedNetwork& tested, const Network& network) {
  if (tested.images.empty()) {
    throw UserError(fmt::format("network '{}': expected 'images', a file of inputs", tested.name));
  }
  const std::string files = tested.images + "\n" + tested.labels;
  auto it = by_files_.find(files);
  if (it == by_files_.end()) {
    it = by_files_.emplace(files, read_labelled_set(tested.images, tested.labels, network)).first;
  } else {
    check_fits(it->second.images, network);
    check_labels(it->second.labels, tested.labels, it->second.images, network);
  }
  const std::int64_t available = it->second.images.count;
  if (tested.first >= available) {
    throw UserError(fmt::format("network '{}': first: expected an integer from 0 to {}, found {}",
                                tested.name, available - 1, tested.first));
  }
  const std::int64_t left = available - tested.first;
  if (tested.count > left) {
    throw UserError(fmt::format("network '{}': count: expected an integer from 1 to {}, found {}",
                                tested.name, left, tested.count));
  }
  by_network_[tested.name] = &it->second;
  firsts_[tested.name] = tested.first;
  counts_[tested.name] = tested.count == 0 ? left : tested.count;
  return it->second;
}

}  // namespace airnn
