// SPDX-License-Identifier: Apache-2.0
#include "sw/version/version.h"

namespace airnn {

const char* program_version() {
  return AIRNN_VERSION;
}

}  // namespace airnn
