// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/file_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "sw/console/console.h"

namespace airnn {

std::string faults_line(const std::vector<FileFault>& faults, const std::string& folder) {
  constexpr std::size_t kNamed = 3;
  if (faults.empty()) {
    return "";
  }
  std::string names;
  for (std::size_t i = 0; i < std::min(faults.size(), kNamed); ++i) {
    const std::string& path = faults[i].path;
    const bool inside = path.rfind(folder + "/", 0) == 0;
    names += fmt::format("{}{} {}", i == 0 ? "" : ", ",
                         inside ? path.substr(folder.size() + 1) : path, faults[i].why);
  }
  if (faults.size() > kNamed) {
    names += fmt::format(", and {} more", faults.size() - kNamed);
  }
  return fmt::format("airnn: {}: damaged files are made again: {}\n", folder, one_line(names));
}

}  // namespace airnn
