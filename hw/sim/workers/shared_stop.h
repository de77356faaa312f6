// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace airnn {

/// A wish to stop that all processes of a run see, as it lies in memory that they share. It only
/// grows.
class SharedStop {
 public:
  enum Wish : int {
    none,
    after_inputs,  ///< the inputs at work are finished
    now            ///< they are given up
  };

  /// Throws ResourceError.
  SharedStop();
  ~SharedStop();
  SharedStop(const SharedStop&) = delete;
  SharedStop& operator=(const SharedStop&) = delete;

  Wish wish() const { return static_cast<Wish>(wish_->load()); }
  /// Signal handlers may call it.
  void want(Wish wish);

 private:
  std::atomic<int>* wish_;
  static_assert(std::atomic<int>::is_always_lock_free, "processes share it");
};

}  // namespace airnn
