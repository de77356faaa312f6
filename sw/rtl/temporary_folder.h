// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// An empty folder of its own among temporary files (TMPDIR), which goes with the object.
class TemporaryFolder {
 public:
  /// Throws UserError with the system's reason.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace airnn
