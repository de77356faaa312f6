// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/shared_unit.h"

namespace airnn {

void SharedUnit::add(std::size_t member, const KernelShape& shape) {
  members_.push_back(member);
  window_ = shape.window;
  if (by_count_) {
    free_blocks_ -= shape.blocks;
  } else {
    places_.insert(shape.places);
  }
}

}  // namespace airnn
