// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace airnn {

/// Makes the folder of `--out` and finds out whether the files of a run can be written there.
/// Throws UserError.
void make_result_folder(const std::string& folder);

}  // namespace airnn
