// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/config/config_reader.h"

namespace airnn {

/// The value of a key that names a metric: one of metric_names(). Throws ConfigError.
std::string required_metric(const ConfigReader& reader, const std::string& key);

}  // namespace airnn
