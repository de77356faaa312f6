// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/memory_model.h"

#include "hw/memory/flat/flat_memory.h"

namespace airnn {

MemoryModel paper_memory() {
  return flat_memory({});
}

}  // namespace airnn
