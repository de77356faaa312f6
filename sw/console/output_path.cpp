// SPDX-License-Identifier: Apache-2.0
#include "sw/console/output_path.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "sw/console/stop_signal.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace fs = std::filesystem;

void check_output_path(const std::string& option, const std::string& path) {
  std::error_code error;
  if (path.empty() || path.back() == '/' || fs::is_directory(path, error)) {
    throw UserError(
        fmt::format("{}: '{}' is a folder; expected the name of a file", option, shown(path)));
  }
  try {
    StopSignal hold;
    OutputFile probe(path);
  } catch (const UserError& failure) {
    throw UserError(fmt::format("{}: {}", option, failure.what()));
  }
}

void check_distinct(const std::string& option, const std::string& path,
                    const std::string& other_option, const std::string& other_path) {
  std::error_code error;
  // Made absolute first: a relative name of which nothing exists yet would stay as it is.
  const fs::path one = fs::weakly_canonical(fs::absolute(path, error), error);
  const fs::path other = fs::weakly_canonical(fs::absolute(other_path, error), error);
  // Several outputs may well go to the same terminal or to /dev/null.
  if (one == other && !one.empty() && !fs::is_character_file(one, error)) {
    throw UserError(
        fmt::format("{}: '{}' is the same file as {}", option, shown(path), other_option));
  }
}

std::string file_name(const std::string& path) {
  return fs::path(path).filename().string();
}

}  // namespace airnn
