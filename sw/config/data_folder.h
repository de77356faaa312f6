// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sw/config/config_reader.h"

namespace airnn {

/// The file that `written`, the value of `key`, means if it begins with `$AIRNN_DATA/`: one in the
/// folder that this environment variable names, or, where it is not set, in the folder `data` here,
/// where scripts/fetch-data puts data. Nothing for another path. Throws ConfigError if there is no
/// such folder.
std::optional<std::string> path_in_data_folder(const ConfigReader& reader, const std::string& key,
                                               const std::string& written);

}  // namespace airnn
