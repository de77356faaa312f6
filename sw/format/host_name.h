// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// What this machine calls itself, as messages and names of files need it: letters, digits, '-',
/// '_' and '.' only.
const std::string& host_name();

}  // namespace airnn
