// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/configuration_table.h"

#include <nlohmann/json.hpp>

#include "sw/evaluate/document_table.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

void flatten(const Json& node, const std::string& path, DocumentTable& table) {
  for (const auto& [key, value] : node.items()) {
    const std::string name = path.empty() ? key : path + "." + key;
    if (value.is_object()) {
      flatten(value, name, table);
    } else {
      table.add_row({name, value.is_string() ? value.get<std::string>() : value.dump()});
    }
  }
}

}  // namespace

Json configuration_table(const Json& config, const std::string& title) {
  DocumentTable table(title);
  table.detail().text("key").text("value");
  flatten(config, "", table);
  table.headline(count_words(table.size(), "value", "values") +
                 " of the configuration that took effect, defaults included.");
  return table.json();
}

}  // namespace airnn
