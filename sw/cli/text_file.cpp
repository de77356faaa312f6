// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/text_file.h"

#include <cstdint>
#include <limits>
#include <vector>

#include "sw/data/data_file.h"

namespace airnn {

std::string read_text(const std::string& path) {
  DataFile file(path);
  const std::vector<std::uint8_t> bytes = file.read(std::numeric_limits<std::uint64_t>::max());
  return {bytes.begin(), bytes.end()};
}

}  // namespace airnn
