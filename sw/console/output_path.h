// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Throws UserError unless a file can be created at `path`: found out before long work, not after
/// it. `option` is what the message begins with. Leaves nothing behind.
void check_output_path(const std::string& option, const std::string& path);

/// Throws UserError if both name the same file, which would then be overwritten.
void check_distinct(const std::string& option, const std::string& path,
                    const std::string& other_option, const std::string& other_path);

/// The last part of a path, for results that should not depend on where files lie.
std::string file_name(const std::string& path);

}  // namespace airnn
