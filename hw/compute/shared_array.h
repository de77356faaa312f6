// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// Whose turn it is on an array of multipliers that several layers use, one run at a time
/// (docs/multipliers.md). Of layers that could start in the same cycle, the first of the network
/// does, so it does not matter who asks first.
class SharedArray {
 public:
  struct User {
    std::uint32_t layer = 0;
    /// Whether nothing but the array keeps the layer from starting now.
    std::function<bool()> is_ready;
    /// To ask again in this cycle, when the array will be free.
    std::function<void(Cycle)> retry;
  };

  void add(User user) { users_.push_back(std::move(user)); }

  /// First cycle in which nobody uses it.
  Cycle free_from() const { return free_from_; }

  /// Whether the layer, which is ready, starts in cycle `now`. If not, it is told when to ask
  /// again.
  bool grants(std::uint32_t layer, Cycle now) {
    if (now < free_from_) {
      return false;
    }
    return std::none_of(users_.begin(), users_.end(), [layer](const User& user) {
      return user.layer < layer && user.is_ready();
    });
  }

  /// The layer starts, and has the array until before cycle `end`.
  void take(std::uint32_t layer, Cycle end) {
    free_from_ = end;
    for (const User& user : users_) {
      if (user.layer != layer && user.is_ready()) {
        user.retry(end);
      }
    }
  }

 private:
  std::vector<User> users_;
  Cycle free_from_ = 0;
};

}  // namespace airnn
