// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_reader.h"

#include <filesystem>
#include <stdexcept>
#include <utility>
#include <variant>

#include "sw/config/config_file.h"
#include "sw/config/config_reader_state.h"
#include "sw/config/nearest_name.h"
#include "sw/config/value_rules.h"
#include "sw/format/errors.h"

namespace airnn {
namespace {

/// What a result may keep of a file's name: nothing of the machine it was made on.
std::string portable_name(const std::string& written) {
  const std::filesystem::path path(written);
  return path.is_absolute() ? path.filename().string() : written;
}

}  // namespace

ConfigReader::ConfigReader(std::shared_ptr<const ConfigNode> root)
    : state_(std::make_shared<State>()) {
  state_->position = root->position;
  state_->node = std::move(root);
}

ConfigReader::ConfigReader(std::shared_ptr<State> state) : state_(std::move(state)) {}

bool ConfigReader::has(const std::string& key) const {
  return state_->node->find(key) != nullptr;
}

bool ConfigReader::is_list(const std::string& key) const {
  const ConfigEntry* entry = state_->node->find(key);
  return entry != nullptr && entry->value.kind == ConfigNode::Kind::sequence;
}

bool ConfigReader::is_mapping(const std::string& key) const {
  const ConfigEntry* entry = state_->node->find(key);
  return entry != nullptr && entry->value.kind == ConfigNode::Kind::mapping;
}

std::vector<std::string> ConfigReader::keys() const {
  std::vector<std::string> keys;
  for (const ConfigEntry& entry : state_->node->entries) {
    keys.push_back(entry.key);
  }
  return keys;
}

std::int64_t ConfigReader::read_integer(const std::string& key,
                                        std::optional<std::int64_t> fallback, std::int64_t min,
                                        std::int64_t max) const {
  return state_->read(key, fallback, integer_range(min, max), integer_parser(min, max));
}

double ConfigReader::read_real(const std::string& key, std::optional<double> fallback, double min,
                               double max) const {
  return state_->read(key, fallback, real_range(min, max), real_parser(min, max));
}

double ConfigReader::required_double(const std::string& key, double min, double max) const {
  return read_real(key, std::nullopt, min, max);
}

double ConfigReader::double_or(const std::string& key, double fallback, double min,
                               double max) const {
  return read_real(key, fallback, min, max);
}

bool ConfigReader::read_boolean(const std::string& key, std::optional<bool> fallback) const {
  return state_->read(key, fallback, "true or false", parse_flag);
}

bool ConfigReader::required_bool(const std::string& key) const {
  return read_boolean(key, std::nullopt);
}

bool ConfigReader::bool_or(const std::string& key, bool fallback) const {
  return read_boolean(key, fallback);
}

std::string ConfigReader::required_string(const std::string& key) const {
  return state_->read(key, std::optional<std::string>(), "a text", parse_text);
}

std::string ConfigReader::string_or(const std::string& key, const std::string& fallback) const {
  return state_->read(key, std::optional<std::string>(fallback), "a text", parse_text);
}

std::optional<std::string> ConfigReader::optional_string(const std::string& key) const {
  if (state_->ask(key) == nullptr) {
    return std::nullopt;
  }
  return required_string(key);
}

std::string ConfigReader::required_path(const std::string& key) const {
  const auto resolved = optional_path(key);
  if (!resolved) {
    state_->missing(key, "the name of a file");
  }
  return *resolved;
}

std::optional<std::string> ConfigReader::optional_path(const std::string& key) const {
  const ConfigEntry* entry = state_->ask(key);
  if (entry == nullptr) {
    return std::nullopt;
  }
  const auto written = state_->convert<std::string>(entry->value, state_->path_of(key),
                                                    "the name of a file", parse_text);
  state_->record(key, portable_name(written));
  return resolve_path(written, entry->value.position);
}

std::size_t ConfigReader::read_choice(const std::string& key, const std::vector<std::string>& names,
                                      std::optional<std::size_t> fallback) const {
  if (fallback && *fallback >= names.size()) {
    throw std::logic_error("the default of '" + key + "' is not in its own table");
  }
  std::string expected = "one of";
  for (const std::string& name : names) {
    expected += (&name == names.data() ? " " : ", ") + name;
  }
  const ConfigEntry* entry = state_->ask(key);
  if (entry == nullptr && !fallback) {
    state_->missing(key, expected);
  }
  std::size_t index = fallback.value_or(0);
  if (entry != nullptr) {
    const ConfigNode& found = entry->value;
    const auto it = std::find(names.begin(), names.end(), found.scalar);
    if (found.kind != ConfigNode::Kind::scalar || it == names.end()) {
      throw ConfigError(found.position.text() + ": " + state_->path_of(key) + ": expected " +
                        expected + ", found " + found.description() +
                        did_you_mean(found.scalar, names));
    }
    index = static_cast<std::size_t>(it - names.begin());
  }
  state_->record(key, names[index]);
  return index;
}

ConfigReader ConfigReader::required_section(const std::string& key) const {
  if (state_->ask(key) == nullptr) {
    state_->missing(key, "a mapping of keys to values");
  }
  return section(key);
}

ConfigReader ConfigReader::section(const std::string& key) const {
  static const ConfigNode kAbsent;
  const ConfigEntry* entry = state_->ask(key);
  if (const State::Record* record = state_->recorded(key)) {
    return ConfigReader(std::get<State::Child>(record->what));
  }
  auto child =
      state_->open(entry == nullptr ? kAbsent : entry->value,
                   entry == nullptr ? state_->position : entry->position, state_->path_of(key));
  if (entry == nullptr) {
    child->position = state_->position;
  }
  state_->records.push_back({key, child});
  return ConfigReader(std::move(child));
}

std::optional<ConfigReader> ConfigReader::optional_section(const std::string& key) const {
  if (state_->ask(key) == nullptr) {
    return std::nullopt;
  }
  return section(key);
}

std::vector<ConfigReader> ConfigReader::sections(const std::string& key) const {
  const ConfigEntry* entry = state_->ask(key);
  if (state_->recorded(key) == nullptr) {
    std::vector<State::Child> children;
    if (entry != nullptr && entry->value.kind != ConfigNode::Kind::sequence) {
      state_->mistyped(entry->value, state_->path_of(key), "a list of mappings");
    }
    if (entry != nullptr) {
      for (const ConfigNode& item : entry->value.items) {
        children.push_back(
            state_->open(item, item.position, state_->element_path(key, children.size())));
      }
    }
    state_->records.push_back({key, std::move(children)});
  }
  std::vector<ConfigReader> readers;
  for (const auto& child : std::get<std::vector<State::Child>>(state_->recorded(key)->what)) {
    readers.push_back(ConfigReader(child));
  }
  return readers;
}

std::vector<std::string> ConfigReader::strings(const std::string& key) const {
  return state_->read_list<std::string>(key, "a text", parse_text);
}

std::vector<std::int64_t> ConfigReader::integers(const std::string& key, std::int64_t min,
                                                 std::int64_t max) const {
  return state_->read_list<std::int64_t>(key, integer_range(min, max), integer_parser(min, max));
}

std::vector<double> ConfigReader::doubles(const std::string& key, double min, double max) const {
  return state_->read_list<double>(key, real_range(min, max), real_parser(min, max));
}

std::vector<ConfigAlternative> ConfigReader::alternatives(const std::string& key) const {
  static constexpr const char* kExpected = "a text";
  const ConfigEntry* entry = state_->ask(key);
  if (entry == nullptr) {
    state_->missing(key, "a value, a list of values, or a mapping of names to values");
  }
  const auto text = [&](const ConfigNode& node, const std::string& name) {
    return state_->convert<std::string>(node, name, kExpected, parse_text);
  };
  const ConfigNode& node = entry->value;
  std::vector<ConfigAlternative> values;
  for (const ConfigNode& item : node.items) {
    values.push_back({"", text(item, state_->element_path(key, values.size())), item.position});
  }
  for (const ConfigEntry& named : node.entries) {
    values.push_back(
        {named.key, text(named.value, state_->path_of(key) + "." + named.key), named.position});
  }
  if (values.empty()) {
    values.push_back({"", text(node, state_->path_of(key)), node.position});
  }
  ConfigTree::List list;
  for (ConfigAlternative& value : values) {
    value.name = value.name.empty() ? value.value : value.name;
    list.push_back({value.value});
  }
  state_->record(key, std::move(list));
  return values;
}

void ConfigReader::finish() const {
  state_->refuse_unknown();
}

ConfigTree ConfigReader::effective() const {
  return state_->effective();
}

const std::string& ConfigReader::path() const {
  return state_->path;
}

ConfigPosition ConfigReader::position(const std::string& key) const {
  const ConfigEntry* entry = state_->node->find(key);
  return entry == nullptr ? state_->position : entry->value.position;
}

void ConfigReader::fail(const std::string& key, const std::string& what) const {
  throw ConfigError(position(key).text() + ": " + state_->path_of(key) + ": " + what);
}

}  // namespace airnn
