// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace airnn {

/// A number that all processes see that are forked while it lives, as it lies in memory that they
/// share. 0 at first.
class SharedNumber {
 public:
  /// Throws ResourceError.
  SharedNumber();
  ~SharedNumber();
  SharedNumber(const SharedNumber&) = delete;
  SharedNumber& operator=(const SharedNumber&) = delete;

  std::atomic<unsigned>& operator*() const { return *number_; }
  std::atomic<unsigned>* operator->() const { return number_; }

 private:
  std::atomic<unsigned>* number_;
  static_assert(std::atomic<unsigned>::is_always_lock_free, "processes share it");
};

}  // namespace airnn
