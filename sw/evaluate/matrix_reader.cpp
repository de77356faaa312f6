// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/matrix_reader.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::size_t kMostPoints = 100000;

bool are_equal(const std::string& one, const std::string& other) {
  const std::optional<std::int64_t> integer = parse_integer(one);
  const std::optional<double> real = parse_real(one);
  return one == other || (integer && integer == parse_integer(other)) ||
         (real && real == parse_real(other));
}

/// Points that are the same twice are a mistake, however their value is written.
void check_values(const Settings& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (are_equal(values[j].value, values[i].value)) {
        throw ConfigError(values[i].position.text() + ": " + values[i].key + ": '" +
                          values[i].value + "' is the same value as '" + values[j].value + "' (" +
                          values[j].position.text() + "); expected values that differ");
      }
      if (values[j].name == values[i].name) {
        throw ConfigError(values[i].position.text() + ": " + values[i].key + ": both " +
                          values[j].value + " and " + values[i].value + " are called '" +
                          values[i].name + "'; expected names of their own, {name: value, ...}");
      }
    }
  }
}

}  // namespace

std::vector<Settings> MatrixReader::points(const ConfigReader& block, bool simulates) const {
  std::vector<Settings> points(1);
  for (const std::string& key : block.keys()) {
    const Settings values = values_of(block, key);
    std::vector<Settings> spread;
    for (const Settings& point : points) {
      for (const Setting& value : values) {
        spread.push_back(point);
        spread.back().push_back(value);
      }
    }
    points = std::move(spread);
    if (points.size() > kMostPoints) {
      block.fail(key, "the matrix has over " + std::to_string(kMostPoints) + " points");
    }
  }
  if (!block.has("network")) {
    block.required_string("network");  // says that it is missing
  }
  if (simulates && !block.has("run")) {
    block.required_string("run");
  }
  return points;
}

Settings MatrixReader::values_of(const ConfigReader& block, const std::string& key) const {
  const std::string wrong = check_ ? check_(key) : "";
  if (!wrong.empty()) {
    block.fail(key, wrong);
  }
  Settings values;
  for (const ConfigAlternative& value : block.alternatives(key)) {
    values.push_back(setting(block, key, value));
  }
  check_values(values);
  return values;
}

Setting MatrixReader::setting(const ConfigReader& block, const std::string& key,
                              const ConfigAlternative& value) const {
  if (key == "network") {
    require_network(value);
  }
  if (!is_file_key(key)) {
    return {key, value.name, value.value, value.position};
  }
  const bool named = value.name != value.value;
  return {key, named ? value.name : std::filesystem::path(value.value).stem().string(),
          paths_.resolve(block, key, value.value), value.position};
}

void MatrixReader::require_network(const ConfigAlternative& value) const {
  const std::string& name = value.value;
  std::vector<std::string> names;
  for (const TestedNetwork& network : networks_) {
    names.push_back(network.name);
  }
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw ConfigError(value.position.text() + ": network: '" + name +
                      "' is none of the file's 'networks'" + did_you_mean(name, names));
  }
}

}  // namespace airnn
