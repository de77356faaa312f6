// SPDX-License-Identifier: Apache-2.0
#include "sw/rtl/temporary_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "sw/format/errors.h"

namespace airnn {

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  path_ = (std::filesystem::temp_directory_path(error) / "airnn-rtl-XXXXXX").string();
  if (error || mkdtemp(path_.data()) == nullptr) {
    throw UserError(path_ + ": cannot create this folder for temporary files: " +
                    (error ? error.message() : std::strerror(errno)));
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

}  // namespace airnn
