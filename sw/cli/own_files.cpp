// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/own_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

struct Place {
  const char* what;
  const char* folder;
  const char* extension;
};

Place place_of(OwnFile kind) {
  switch (kind) {
    case OwnFile::run:
      return {"run", "configs/run", ".yaml"};
    case OwnFile::memory:
      return {"memory", "configs/memory", ".yaml"};
    case OwnFile::energy:
      return {"energy table", "configs/energy", ".yaml"};
    case OwnFile::experiment:
      return {"experiment", "configs/experiments", ".yaml"};
    case OwnFile::mesh:
      return {"mesh", "configs/mesh", ".yaml"};
    case OwnFile::multipliers:
      return {"set of multipliers", "configs/multipliers", ".yaml"};
    case OwnFile::model:
      break;
  }
  return {"model", "models", ".onnx"};
}

std::vector<std::string> names_in(const fs::path& folder, const std::string& extension) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() == extension) {
      names.push_back(at->path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

fs::path own_folder() {
  const char* const home = std::getenv("AIRNN_HOME");
  if (home != nullptr && *home != '\0') {
    return home;
  }
  std::error_code error;
  // /usr/bin/airnn has /usr/share/airnn; in a folder of a build the program lies deeper.
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  while (!folder.empty()) {
    const fs::path own = folder / "share" / "airnn";
    if (fs::is_directory(own / "configs", error)) {
      return own;
    }
    if (folder == folder.root_path()) {
      break;
    }
    folder = folder.parent_path();
  }
  return {};
}

std::string file_or_name(const std::string& option, OwnFile kind, const std::string& text) {
  std::error_code error;
  if (text.empty() || text.find_first_of("/.") != std::string::npos || fs::exists(text, error)) {
    return text;
  }
  const Place place = place_of(kind);
  const fs::path own = own_folder();
  if (own.empty()) {
    throw UserError(fmt::format(
        "{}: '{}' is no file; for names, AIRNN_HOME must be the folder of configs and models",
        option, text));
  }
  const fs::path file = own / place.folder / (text + place.extension);
  if (!fs::exists(file, error)) {
    const std::vector<std::string> names = names_in(own / place.folder, place.extension);
    throw UserError(fmt::format("{}: '{}' is neither a file nor a {} in {}{}{}", option, text,
                                place.what, (own / place.folder).string(),
                                names.empty() ? "" : fmt::format(" ({})", fmt::join(names, ", ")),
                                did_you_mean(text, names)));
  }
  return file.string();
}

}  // namespace airnn
