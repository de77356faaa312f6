// SPDX-License-Identifier: Apache-2.0
#include "sw/results/counts.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

namespace {

/// Where a price class is, or belongs.
template <typename List>
auto place_of(List& list, const PricedAction& what) {
  return std::lower_bound(
      list.begin(), list.end(), what,
      [](const ActionCount& count, const PricedAction& other) { return count.what < other; });
}

}  // namespace

std::uint64_t& Counts::operator[](const PricedAction& what) {
  if (what.price_class.empty()) {
    return (*this)[what.action];
  }
  auto place = place_of(of_classes, what);
  if (place == of_classes.end() || place->what != what) {
    place = of_classes.insert(place, {what, 0});
  }
  return place->count;
}

std::uint64_t Counts::operator[](const PricedAction& what) const {
  if (what.price_class.empty()) {
    return (*this)[what.action];
  }
  const auto place = place_of(of_classes, what);
  return place == of_classes.end() || place->what != what ? 0 : place->count;
}

std::uint64_t Counts::total(Action action) const {
  std::uint64_t sum = (*this)[action];
  for (const ActionCount& of_class : of_classes) {
    sum += of_class.what.action == action ? of_class.count : 0;
  }
  return sum;
}

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < kActions; ++i) {
    of[i] += other.of[i];
  }
  for (const ActionCount& of_class : other.of_classes) {
    (*this)[of_class.what] += of_class.count;
  }
  dram_reads += other.dram_reads;
  words_placed += other.words_placed;
  return *this;
}

Counts equal_part(const Counts& counts, std::uint64_t index, std::uint64_t parts) {
  Counts part = counts;
  for (std::uint64_t& count : part.of) {
    count = equal_part(count, index, parts);
  }
  for (ActionCount& of_class : part.of_classes) {
    of_class.count = equal_part(of_class.count, index, parts);
  }
  part.dram_reads = equal_part(counts.dram_reads, index, parts);
  part.words_placed = equal_part(counts.words_placed, index, parts);
  return part;
}

void check_counted(const Counts& counts, const std::vector<PricedAction>& counted) {
  const auto check = [&counted](const PricedAction& what) {
    if (!std::binary_search(counted.begin(), counted.end(), what)) {
      throw std::logic_error("the machine counts '" + what.name() + "', which it does not declare");
    }
  };
  for (const ActionRow& row : kActionTable) {
    if (counts[row.action] > 0) {
      check({row.action, {}});
    }
  }
  for (const ActionCount& of_class : counts.of_classes) {
    check(of_class.what);
  }
}

double row_hit_rate(const Counts& counts) {
  std::uint64_t columns = 0;
  for (const Action action :
       {Action::command_rd, Action::command_rda, Action::command_wr, Action::command_wra}) {
    columns += counts[action];
  }
  const auto activations = static_cast<double>(counts[Action::command_act]);
  return columns == 0 ? 0 : 1 - activations / static_cast<double>(columns);
}

}  // namespace airnn
