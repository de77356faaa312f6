// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/shared_stop.h"

namespace airnn {

void SharedStop::want(Wish wish) {
  unsigned before = wish_->load();
  while (before < wish && !wish_->compare_exchange_weak(before, wish)) {
  }
}

}  // namespace airnn
