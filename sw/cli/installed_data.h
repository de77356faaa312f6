// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// The folder of installed configurations and models: share/airnn beside the `bin` that the running
/// program is in. Empty if there is none, as in a build folder.
std::string installed_data();

}  // namespace airnn
