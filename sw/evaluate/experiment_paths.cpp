// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment_paths.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include "sw/config/data_folder.h"

namespace airnn {

namespace {

namespace fs = std::filesystem;

}  // namespace

ExperimentPaths::ExperimentPaths(const std::string& file, const std::vector<std::string>& folders)
    : beside_(fs::path(file).parent_path().string()), folders_(folders) {}

std::string ExperimentPaths::resolve(const ConfigReader& reader, const std::string& key,
                                     const std::string& written) const {
  const std::optional<std::string> in_data = path_in_data_folder(reader, key, written);
  return in_data ? *in_data : found(written);
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
