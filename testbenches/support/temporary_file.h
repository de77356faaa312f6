// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace airnn::test {

/// A file that holds `bytes` while the object lives. Its name ends with `ending` and is the
/// process's own: one at a time.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& bytes, const std::string& ending)
      : path_(testing::TempDir() + "built_" + std::to_string(getpid()) + ending) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace airnn::test
