// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/json_file.h"

#include <nlohmann/json.hpp>

#include "sw/format/output_file.h"

namespace airnn {

void write_json_file(const nlohmann::ordered_json& document, const std::string& path) {
  write_file(path, json_text(document));
}

}  // namespace airnn
