// SPDX-License-Identifier: Apache-2.0
#include "hw/control/input_group.h"

#include <algorithm>

namespace airnn {

void InputGroup::begin(const InputJob& job) {
  members_.assign(job.count, {});
  for (std::uint32_t i = 0; i < job.count; ++i) {
    members_[i].job = {job.address + i * params_.map_pitch, job.input + i};
  }
  going_on_ = job.count;
  turn_ = 0;
}

void InputGroup::begin_iteration() {
  turn_ = next_from(0);
  assign_places();
}

bool InputGroup::pass_turn() {
  const std::size_t next = next_from(turn_ + 1);
  if (next == members_.size()) {
    return false;
  }
  turn_ = next;
  return true;
}

void InputGroup::leave() {
  members_[turn_].goes_on = false;
  members_[turn_].keeps_place = false;
  --going_on_;
}

/// Who leaves gives its place to the next that has none.
void InputGroup::assign_places() {
  std::uint32_t keeping = 0;
  for (Member& member : members_) {
    if (!member.goes_on) {
      continue;
    }
    if (keeping < params_.input_buffers && !member.keeps_place) {
      member.place = free_place();
      member.keeps_place = true;
      member.is_loaded = false;
    } else if (keeping >= params_.input_buffers) {
      member.place = params_.input_buffers;
      member.is_loaded = false;
    }
    ++keeping;
  }
}

std::uint32_t InputGroup::free_place() const {
  std::uint32_t place = 0;
  while (std::any_of(members_.begin(), members_.end(), [place](const Member& member) {
    return member.keeps_place && member.place == place;
  })) {
    ++place;
  }
  return place;
}

std::size_t InputGroup::next_from(std::size_t member) const {
  while (member < members_.size() && !members_[member].goes_on) {
    ++member;
  }
  return member;
}

}  // namespace airnn
