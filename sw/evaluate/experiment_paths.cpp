// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment_paths.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace airnn {

namespace {

namespace fs = std::filesystem;

constexpr const char* kDataFolder = "$AIRNN_DATA/";
/// Where scripts/fetch-data puts the sets unless told otherwise.
constexpr const char* kFetched = "data";

}  // namespace

ExperimentPaths::ExperimentPaths(const std::string& file, const std::vector<std::string>& folders)
    : beside_(fs::path(file).parent_path().string()), folders_(folders) {}

std::string ExperimentPaths::resolve(const ConfigReader& reader, const std::string& key,
                                     const std::string& written) const {
  const std::string prefix = kDataFolder;
  if (written.compare(0, prefix.size(), prefix) != 0) {
    return found(written);
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

/// Beside the experiment, or in one of the other folders; if it is nowhere, beside it.
std::string ExperimentPaths::found(const std::string& written) const {
  const fs::path beside = (fs::path(beside_) / written).lexically_normal();
  std::error_code error;
  if (fs::exists(beside, error)) {
    return beside.string();
  }
  for (const std::string& folder : folders_) {
    const fs::path other = (fs::path(folder) / written).lexically_normal();
    if (fs::exists(other, error)) {
      return other.string();
    }
  }
  return beside.string();
}

}  // namespace airnn
