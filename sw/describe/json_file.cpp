// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/json_file.h"

#include <nlohmann/json.hpp>

#include "sw/format/output_file.h"

namespace airnn {

std::string json_text(const nlohmann::ordered_json& document) {
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void write_json_file(const nlohmann::ordered_json& document, const std::string& path) {
  write_file(path, json_text(document));
}

}  // namespace airnn
