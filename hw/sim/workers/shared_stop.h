// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/sim/workers/shared_number.h"

namespace airnn {

/// A wish to stop that all processes of a run see. It only grows.
class SharedStop {
 public:
  enum Wish : unsigned {
    none,
    after_inputs,  ///< the inputs at work are finished
    now            ///< they are given up
  };

  Wish wish() const { return static_cast<Wish>(wish_->load()); }
  /// Signal handlers may call it.
  void want(Wish wish);

 private:
  SharedNumber wish_;
};

}  // namespace airnn
