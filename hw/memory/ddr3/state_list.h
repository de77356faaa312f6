// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// A state as numbers that do not depend on when it is: cycles count from an origin. Equal lists of
/// the same unit are states that lead to the same future.
using StateList = std::vector<std::uint64_t>;

/// Added to moments, so that those before the origin are not taken for kNever.
inline constexpr Cycle kLongAgo = Cycle{1} << 62;

/// Writes a state into a list. A unit names each of its members once, in one function for
/// StateWriter and StateReader.
class StateWriter {
 public:
  static constexpr bool kRestores = false;

  StateWriter(StateList& list, Cycle origin) : list_(list), origin_(origin) { list_.clear(); }

  Cycle origin() const { return origin_; }
  template <typename T>
  void number(const T& value) {
    list_.push_back(static_cast<std::uint64_t>(value));
  }
  /// May lie before the origin.
  void moment(const Cycle& cycle) {
    list_.push_back(cycle == kNever ? kNever : cycle - origin_ + kLongAgo);
  }
  /// From when on something may be; before the origin, no matter how long.
  void bound(const Cycle& cycle) { list_.push_back(std::max(cycle, origin_) - origin_); }

 private:
  StateList& list_;
  const Cycle origin_;
};

/// Sets a state from a list, as it was relative to the origin.
class StateReader {
 public:
  static constexpr bool kRestores = true;

  StateReader(const StateList& list, Cycle origin) : list_(list), origin_(origin) {}

  Cycle origin() const { return origin_; }
  template <typename T>
  void number(T& value) {
    value = static_cast<T>(next());
  }
  void moment(Cycle& cycle) {
    const std::uint64_t number = next();
    cycle = number == kNever ? kNever : origin_ + number - kLongAgo;
  }
  void bound(Cycle& cycle) { cycle = origin_ + next(); }

 private:
  std::uint64_t next() { return list_[at_++]; }

  const StateList& list_;
  const Cycle origin_;
  std::size_t at_ = 0;
};

}  // namespace airnn
