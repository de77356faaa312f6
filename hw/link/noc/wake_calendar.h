// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// Who is to be looked at in which cycle, up to 31 cycles ahead: a set of numbers per cycle.
class WakeCalendar {
 public:
  static constexpr Cycle kAhead = 32;

  /// For numbers below `count`.
  explicit WakeCalendar(std::size_t count) : words_((count + 63) / 64) {
    for (auto& day : days_) {
      day.resize(words_);
    }
  }

  /// `cycle` is less than kAhead beyond the one that is taken next.
  void wake(std::size_t number, Cycle cycle) {
    const std::size_t day = cycle % kAhead;
    days_[day][number / 64] |= std::uint64_t{1} << number % 64;
    busy_ |= std::uint32_t{1} << day;
  }

  /// The first cycle from `now` on in which anybody is to be looked at; kNever if there is none.
  Cycle next(Cycle now) const {
    if (busy_ == 0) {
      return kNever;
    }
    const unsigned today = now % kAhead;
    const std::uint32_t turned = busy_ >> today | (today == 0 ? 0 : busy_ << (kAhead - today));
    return now + static_cast<Cycle>(__builtin_ctz(turned));
  }

  /// Calls look(number) with all of this cycle in ascending order, and forgets them. `look` may
  /// wake for later cycles.
  template <typename Look>
  void take(Cycle cycle, const Look& look) {
    const std::size_t day = cycle % kAhead;
    busy_ &= ~(std::uint32_t{1} << day);
    for (std::size_t word = 0; word < words_; ++word) {
      std::uint64_t bits = days_[day][word];
      days_[day][word] = 0;
      for (; bits != 0; bits &= bits - 1) {
        look(word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
      }
    }
  }

 private:
  std::size_t words_;
  std::array<std::vector<std::uint64_t>, kAhead> days_;
  std::uint32_t busy_ = 0;  ///< a bit per day that has anybody
};

}  // namespace airnn
