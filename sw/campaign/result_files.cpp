// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/result_files.h"

#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

#include "sw/console/output_path.h"
#include "sw/describe/json_file.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"
#include "sw/format/resource_error.h"
#include "sw/format/shown_text.h"

namespace airnn {

namespace {

constexpr std::array<const char*, 3> kNames = {"results.json", "inputs.csv", "counts.csv"};

}  // namespace

void make_result_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw UserError("--out: " + shown(folder) +
                    ": cannot create the folder: " + system_reason(error.value()));
  }
  for (const char* name : kNames) {
    check_output_path("--out", folder + "/" + name);
  }
}

void write_result_files(const std::string& folder, const nlohmann::ordered_json& results,
                        const std::string& inputs_csv, const std::string& counts_csv) {
  const std::array<std::string, kNames.size()> texts = {json_text(results), inputs_csv, counts_csv};
  std::vector<std::unique_ptr<OutputFile>> files;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    files.push_back(std::make_unique<OutputFile>(folder + "/" + kNames[i]));
    files.back()->write(texts[i]);
    files.back()->sync();
  }
  for (const std::unique_ptr<OutputFile>& file : files) {
    file->commit();
  }
}

}  // namespace airnn
