// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/common/beats.h"

namespace airnn {

/// How inputs share batches of weights (docs/grouped_inputs.md).
struct InputGroupParams {
  std::uint32_t inputs_per_batch = 1;  ///< G: largest group
  std::uint32_t input_buffers = 1;     ///< input maps that stay on chip, at most G
  std::uint64_t map_pitch = 0;         ///< bytes from one input map of a group to the next

  /// Input maps that the input buffer holds: those that stay, and one that comes and goes where a
  /// group has more inputs.
  std::uint32_t places() const {
    return input_buffers + (input_buffers < inputs_per_batch ? 1 : 0);
  }
};

/// The inputs that run together: each iteration's batch is fetched once for all of them, then they
/// take turns, in the order of their numbers. Knows who goes on, whose turn it is, and which input
/// maps are on chip: the first `input_buffers` that go on keep theirs, the others are loaded again
/// in every iteration.
class InputGroup {
 public:
  explicit InputGroup(const InputGroupParams& params) : params_(params) {}

  /// A group begins, with all of its inputs.
  void begin(const InputJob& job);
  /// An iteration begins with the turn of the first input that goes on.
  void begin_iteration();
  /// The turn passes to the next input that goes on. False: the iteration has no other.
  bool pass_turn();

  /// The input whose turn it is; one that has left still has it until it passes.
  const InputJob& present() const { return members_[turn_].job; }
  /// Of its map in the input buffer.
  std::uint32_t place() const { return members_[turn_].place; }
  bool is_loaded() const { return members_[turn_].is_loaded; }
  void loaded() { members_[turn_].is_loaded = true; }
  /// The present input is classified.
  void leave();
  /// Inputs that are not classified.
  std::uint32_t going_on() const { return going_on_; }

 private:
  struct Member {
    InputJob job;
    bool goes_on = true;
    bool keeps_place = false;
    bool is_loaded = false;
    std::uint32_t place = 0;
  };

  void assign_places();
  std::uint32_t free_place() const;
  std::size_t next_from(std::size_t member) const;

  const InputGroupParams params_;
  std::vector<Member> members_;
  std::size_t turn_ = 0;
  std::uint32_t going_on_ = 0;
};

}  // namespace airnn
