// SPDX-License-Identifier: Apache-2.0
#include "hw/monitor/rules/group_rule.h"

namespace airnn {

GroupRule::GroupRule(const RuleReporter& reporter, const MemoryImage& image,
                     std::vector<std::string> units)
    : reporter_(reporter), image_(image), units_(std::move(units)) {}

/// Null: one kernel per slot.
const KernelGroups* GroupRule::due(const Place& place) {
  const auto layer = static_cast<std::uint16_t>(place.first);
  const auto iteration = static_cast<std::uint16_t>(place.second);
  if (!image_.is_interleaved(layer, iteration)) {
    return nullptr;
  }
  const auto [entry, is_new] = due_.try_emplace(place);
  if (is_new) {
    entry->second = image_.groups(layer, iteration);
  }
  return &entry->second;
}

void GroupRule::control(std::uint32_t layer, const Timed<ControlMessage>& message) {
  if (message.item.kind != ControlKind::configure || image_.info().scheme != Scheme::interleaved) {
    return;
  }
  const Place place = {layer, message.item.iteration};
  const KernelGroups* seen = message.item.groups;
  const auto* right = right_groups_.trust(place);
  if (right != nullptr && right->is(message.item.content, seen)) {
    return;
  }
  const KernelGroups* expected = due(place);
  const auto text = [](const KernelGroups* groups) {
    return groups == nullptr ? std::string("one kernel per slot")
                             : std::to_string(groups->size()) + " groups";
  };
  if ((seen == nullptr) != (expected == nullptr) || (seen != nullptr && *seen != *expected)) {
    reporter_.report(Rule::p9, units_[layer], message.cycle,
                     "configured with " + text(seen) + " that are not the table's",
                     text(expected) + " of the table");
    return;
  }
  right_groups_.keep(place, {message.item.content, seen});
}

void GroupRule::issued(const GroupsIssued& event) {
  const Place place = {event.layer, event.iteration};
  const auto* right = right_flags_.trust(place);
  if (right != nullptr && right->is(event.content, event.flags)) {
    return;
  }
  const KernelGroups* expected = due(place);
  const std::size_t groups = expected == nullptr ? 0 : expected->size();
  if (event.flags->size() != groups) {
    reporter_.report(Rule::p9, units_[event.layer], event.cycle,
                     "flags of " + std::to_string(event.flags->size()) + " groups",
                     std::to_string(groups));
    return;
  }
  for (std::size_t i = 0; i < groups; ++i) {
    const std::string error = check_flags((*event.flags)[i], (*expected)[i]);
    if (!error.empty()) {
      reporter_.report(Rule::p9, units_[event.layer], event.cycle,
                       "group " + std::to_string(i) + ": " + error, "the kernels of the table");
      return;
    }
  }
  right_flags_.keep(place, {event.content, event.flags});
}

}  // namespace airnn
