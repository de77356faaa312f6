// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/source_path.h"

namespace airnn {

std::string source_path(const std::string& file) {
  return AIRNN_SOURCE_DIR "/" + file;
}

}  // namespace airnn
