// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/shared_stop.h"

#include <sys/mman.h>

#include <cerrno>
#include <new>

#include "sw/format/resource_error.h"

namespace airnn {

SharedStop::SharedStop() {
  void* const page =
      mmap(nullptr, sizeof *wish_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    throw ResourceError("cannot share memory with worker processes: " + system_reason(errno));
  }
  wish_ = new (page) std::atomic<int>(none);
}

SharedStop::~SharedStop() {
  munmap(wish_, sizeof *wish_);
}

void SharedStop::want(Wish wish) {
  int before = wish_->load();
  while (before < wish && !wish_->compare_exchange_weak(before, wish)) {
  }
}

}  // namespace airnn
