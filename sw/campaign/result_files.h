// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace airnn {

/// Makes the folder of `--out` and finds out whether files can be written there. Throws UserError.
void make_result_folder(const std::string& folder);

/// results.json, inputs.csv and counts.csv; all are on disk before the first gets its name. Throws
/// UserError.
void write_result_files(const std::string& folder, const nlohmann::ordered_json& results,
                        const std::string& inputs_csv, const std::string& counts_csv);

}  // namespace airnn
