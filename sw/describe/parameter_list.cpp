// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/parameter_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "sw/config/nearest_name.h"
#include "sw/console/table.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// A default as what it is: some are words, "JESD79-3".
Json default_json(const ParameterText& key) {
  if (std::holds_alternative<IntegerValues>(key.values)) {
    const auto value = parse_integer(key.fallback);
    return value ? Json(*value) : Json(key.fallback);
  }
  if (std::holds_alternative<RealValues>(key.values)) {
    const auto value = parse_real(key.fallback);
    return value ? Json(*value) : Json(key.fallback);
  }
  if (std::holds_alternative<FlagValues>(key.values)) {
    return key.fallback == "true";
  }
  return key.fallback;
}

void add_values(const AllowedValues& values, Json& entry) {
  if (const auto* integer = std::get_if<IntegerValues>(&values)) {
    entry["min"] = integer->min;
    entry["max"] = integer->max;
  } else if (const auto* real = std::get_if<RealValues>(&values)) {
    entry["min"] = real->min;
    entry["max"] = real->max;
  } else if (const auto* choice = std::get_if<ChoiceValues>(&values)) {
    entry["values"] = choice->names;
  }
}

}  // namespace

std::vector<ParameterSection> select_parameters(std::vector<ParameterSection> sections,
                                                const std::string& prefix) {
  std::vector<ParameterSection> selected;
  std::vector<std::string> names;
  for (ParameterSection& section : sections) {
    std::vector<ParameterText> keys;
    for (ParameterText& key : section.keys) {
      key.key = section.prefix + key.key;
      names.push_back(key.key);
      if (key.key.compare(0, prefix.size(), prefix) == 0) {
        keys.push_back(std::move(key));
      }
    }
    if (!keys.empty()) {
      selected.push_back({std::move(section.title), std::move(section.prefix), std::move(keys)});
    }
  }
  if (selected.empty()) {
    throw UserError("no key of a run begins with '" + prefix + "'" + did_you_mean(prefix, names));
  }
  return selected;
}

std::string parameters_text(const std::vector<ParameterSection>& sections) {
  std::string text;
  for (const ParameterSection& section : sections) {
    Table table({{"key", Table::Align::left},
                 {"default", Table::Align::left},
                 {"range", Table::Align::left},
                 {"meaning", Table::Align::left}});
    for (const ParameterText& key : section.keys) {
      table.add_row({key.key, key.fallback.empty() ? "required" : key.fallback,
                     range_text(key.values), key.sentence});
    }
    text += (text.empty() ? "" : "\n") + section.title + "\n" + table.text();
  }
  return text;
}

Json parameters_json(const std::vector<ParameterSection>& sections) {
  Json keys = Json::array();
  for (const ParameterSection& section : sections) {
    for (const ParameterText& key : section.keys) {
      Json entry{{"key", key.key}, {"section", section.title}, {"type", kind_text(key.values)}};
      if (!key.fallback.empty()) {
        entry["default"] = default_json(key);
      }
      add_values(key.values, entry);
      entry["meaning"] = key.sentence;
      keys.push_back(std::move(entry));
    }
  }
  return {{"keys", std::move(keys)}};
}

}  // namespace airnn
