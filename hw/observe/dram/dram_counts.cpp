// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_counts.h"

#include <string_view>

namespace airnn {

namespace {

template <typename Combine>
void combine(DramCounts& to, const DramCounts& other, Combine combine_one) {
  for (std::size_t i = 0; i < to.commands.size(); ++i) {
    combine_one(to.commands[i], other.commands[i]);
  }
  for (std::size_t i = 0; i < to.outcomes.size(); ++i) {
    combine_one(to.outcomes[i], other.outcomes[i]);
  }
  combine_one(to.reads, other.reads);
  combine_one(to.writes, other.writes);
  for (std::size_t i = 0; i < to.state_cycles.size(); ++i) {
    combine_one(to.state_cycles[i], other.state_cycles[i]);
  }
}

template <std::size_t kCount>
constexpr bool have_names(const std::array<const char*, kCount>& names, Action first) {
  for (std::size_t i = 0; i < kCount; ++i) {
    const char* const name = kActionTable[static_cast<std::size_t>(first) + i].name;
    if (std::string_view(name) != names[i]) {
      return false;
    }
  }
  return true;
}
static_assert(have_names(kDramMnemonics, Action::command_act), "rows in the order of commands");

/// Calls `each` with every number of a channel and the action that it counts.
template <typename Channel, typename Each>
void for_each_action(Channel& channel, const Each& each) {
  const auto all = [&each](auto& numbers, Action first) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      each(numbers[i], static_cast<Action>(static_cast<std::size_t>(first) + i));
    }
  };
  all(channel.commands, Action::command_act);
  all(channel.state_cycles, Action::state_active_standby);
  all(channel.outcomes, Action::request_hit);
  each(channel.reads, Action::request_read);
  each(channel.writes, Action::request_write);
}

}  // namespace

void add(Counts& to, const DramCounts& part) {
  for_each_action(part, [&to](std::uint64_t number, Action action) { to[action] += number; });
}

DramCounts dram_counts(const Counts& counts) {
  DramCounts channel;
  for_each_action(channel,
                  [&counts](std::uint64_t& number, Action action) { number = counts[action]; });
  return channel;
}

double DramCounts::row_hit_rate() const {
  Counts counts;
  add(counts, *this);
  return airnn::row_hit_rate(counts);
}

DramCounts& DramCounts::operator+=(const DramCounts& other) {
  combine(*this, other, [](std::uint64_t& to, std::uint64_t value) { to += value; });
  return *this;
}

DramCounts& DramCounts::operator-=(const DramCounts& other) {
  combine(*this, other, [](std::uint64_t& to, std::uint64_t value) { to -= value; });
  return *this;
}

}  // namespace airnn
