// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/dram/dram_counts.h"

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

}  // namespace

double DramCounts::row_hit_rate() const {
  const auto columns = static_cast<double>(read_commands() + write_commands());
  const auto activations = static_cast<double>(of(DramCommand::activate));
  return columns == 0 ? 0 : 1 - activations / columns;
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
