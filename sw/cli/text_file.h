// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// All of a file, unpacked if it is gzipped. Throws UserError with its name.
std::string read_text(const std::string& path);

}  // namespace airnn
