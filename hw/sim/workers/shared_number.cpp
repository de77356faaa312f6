// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/workers/shared_number.h"

#include <sys/mman.h>

#include <cerrno>
#include <new>

#include "sw/format/resource_error.h"

namespace airnn {

SharedNumber::SharedNumber() {
  void* const page =
      mmap(nullptr, sizeof *number_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    throw ResourceError("cannot share memory with worker processes: " + system_reason(errno));
  }
  number_ = new (page) std::atomic<unsigned>(0);
}

SharedNumber::~SharedNumber() {
  munmap(number_, sizeof *number_);
}

}  // namespace airnn
