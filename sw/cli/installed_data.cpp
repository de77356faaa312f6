// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/installed_data.h"

#include <filesystem>
#include <system_error>

namespace airnn {

std::string installed_data() {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path folder = program.parent_path().parent_path() / "share" / "airnn";
  return !error && fs::is_directory(folder, error) ? folder.string() : "";
}

}  // namespace airnn
