// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/result_files.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "sw/cli/json_file.h"
#include "sw/cli/output_path.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

void make_result_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw UserError("--out: " + folder + ": cannot create the folder: " + error.message());
  }
  check_output_path("--out", folder + "/results.json");
}

void write_result_files(const std::string& folder, const nlohmann::ordered_json& results,
                        const std::string& inputs_csv, const std::string& counts_csv) {
  OutputFile json_file(folder + "/results.json");
  OutputFile inputs_file(folder + "/inputs.csv");
  OutputFile counts_file(folder + "/counts.csv");
  json_file.write(json_text(results));
  inputs_file.write(inputs_csv);
  counts_file.write(counts_csv);
  json_file.commit();
  inputs_file.commit();
  counts_file.commit();
}

}  // namespace airnn
