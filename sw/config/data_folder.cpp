// SPDX-License-Identifier: Apache-2.0
#include "sw/config/data_folder.h"

#include <cstdlib>
#include <filesystem>

namespace airnn {

namespace {

namespace fs = std::filesystem;

constexpr const char* kDataFolder = "$AIRNN_DATA/";
/// Where scripts/fetch-data puts the sets unless told otherwise.
constexpr const char* kFetched = "data";

}  // namespace

std::optional<std::string> path_in_data_folder(const ConfigReader& reader, const std::string& key,
                                               const std::string& written) {
  const std::string prefix = kDataFolder;
  if (written.compare(0, prefix.size(), prefix) != 0) {
    return std::nullopt;
  }
  const char* named = std::getenv("AIRNN_DATA");
  const std::string folder = named == nullptr || *named == '\0' ? kFetched : named;
  if (named == nullptr && !fs::exists(folder)) {
    reader.fail(key,
                "expected the environment variable AIRNN_DATA to name the folder of the data "
                "sets, or a folder 'data' here (scripts/fetch-data makes it)");
  }
  return (fs::path(folder) / written.substr(prefix.size())).string();
}

}  // namespace airnn
