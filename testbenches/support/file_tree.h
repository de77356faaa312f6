// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace airnn::test {

/// Every file below a folder, by its path there, with its bytes; "no file" for what has none, such
/// as a pipe.
using FileTree = std::map<std::string, std::string>;

inline FileTree file_tree(const std::filesystem::path& folder) {
  FileTree found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) {
      std::ostringstream bytes;
      bytes << (entry.is_regular_file() ? "" : "no file");
      if (entry.is_regular_file() && entry.file_size() > 0) {
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      }
      found[std::filesystem::relative(entry.path(), folder).string()] = bytes.str();
    }
  }
  return found;
}

}  // namespace airnn::test
