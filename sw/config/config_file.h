// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/config/config_node.h"

namespace airnn {

/// The mapping a YAML file holds (an empty file is an empty mapping). `named_at` precedes messages
/// if another file or option names this one; it may be empty. Throws ConfigError for anything but a
/// regular file of at most 1 MB.
ConfigNode load_mapping(const std::string& path, const std::string& named_at);

/// Turns the root of a document into a mapping or throws ConfigError.
ConfigNode as_mapping(ConfigNode root);

/// `path` as seen from the place where it was written: relative to the file's folder, or to the
/// current folder if it came from the command line.
std::string resolve_path(const std::string& path, const ConfigPosition& written_at);

}  // namespace airnn
