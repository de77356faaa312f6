// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/point_failures.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sw/data/data_file.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/whole_number.h"
#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

void write_failures(const std::string& folder, const PointFailures& failures) {
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& [point, failure] : failures) {
    json.push_back({{"point", point}, {"exit_code", failure.code}, {"message", failure.message}});
    if (!failure.host.empty()) {
      json.back()["host"] = failure.host;
    }
  }
  write_file(failures_file(folder),
             json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

PointFailures read_failures(const std::string& folder) {
  const std::string path = failures_file(folder);
  PointFailures failures;
  if (!std::filesystem::exists(path)) {
    return failures;
  }
  try {
    for (const auto& entry : nlohmann::json::parse(read_text(path))) {
      check_whole(entry, "point", path + ": not a list of failures");
      check_whole(entry, "exit_code", path + ": not a list of failures");
      failures[entry.at("point")] = {entry.at("exit_code"), entry.at("message"),
                                     entry.value("host", "")};
    }
  } catch (const nlohmann::json::exception& error) {
    throw UserError(path + ": not a list of failures: " + error.what());
  }
  return failures;
}

}  // namespace airnn
