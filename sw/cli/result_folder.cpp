// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/result_folder.h"

#include <filesystem>
#include <system_error>

#include "sw/console/output_path.h"
#include "sw/format/errors.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"
#include "sw/results/run_files.h"

namespace airnn {

void make_result_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw UserError("--out: " + shown(folder) +
                    ": cannot create the folder: " + system_reason(error.value()));
  }
  for (const char* name : kRunFileNames) {
    check_output_path("--out", folder + "/" + name);
  }
}

}  // namespace airnn
