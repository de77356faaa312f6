// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/metric_key.h"

#include <vector>

#include "sw/evaluate/metric.h"

namespace airnn {

std::string required_metric(const ConfigReader& reader, const std::string& key) {
  std::vector<NamedValue<std::string>> table;
  for (const std::string& name : metric_names()) {
    table.push_back({name, name});
  }
  return reader.required_enum<std::string>(key, table);
}

}  // namespace airnn
