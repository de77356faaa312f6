// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_reader.h"

#include <filesystem>
#include <stdexcept>
#include <utility>
#include <variant>

#include "sw/config/config_file.h"
#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/format/errors.h"

namespace airnn {

struct ConfigReader::State {
  using Child = std::shared_ptr<State>;
  struct Record {
    std::string key;
    std::variant<ConfigTree, Child, std::vector<Child>> what;
  };

  std::shared_ptr<const ConfigNode> node;  // a mapping, or null where nothing was written
  ConfigPosition position;
  std::string path;
  std::vector<std::string> known;  // every key asked for, present or not
  std::vector<Record> records;     // in the order of reading

  bool knows(const std::string& key) const {
    return std::find(known.begin(), known.end(), key) != known.end();
  }

  std::string path_of(const std::string& key) const {
    return path.empty() ? key : path + "." + key;
  }
  /// " in accelerator", or nothing at the top.
  std::string place() const { return path.empty() ? "" : " in " + path; }

  /// The entry of a key that somebody asks for; null if it is absent.
  const ConfigEntry* ask(const std::string& key) {
    if (!knows(key)) {
      known.push_back(key);
    }
    return node->find(key);
  }

  Record* recorded(const std::string& key) {
    const auto it = std::find_if(records.begin(), records.end(),
                                 [&](const Record& record) { return record.key == key; });
    return it == records.end() ? nullptr : &*it;
  }

  template <typename Value>
  void record(const std::string& key, Value value) {
    if (recorded(key) == nullptr) {
      records.push_back({key, ConfigTree{std::move(value)}});
    }
  }

  [[noreturn]] void missing(const std::string& key, const std::string& expected) const {
    std::vector<std::string> unread;
    for (const ConfigEntry& entry : node->entries) {
      if (!knows(entry.key)) {
        unread.push_back(entry.key);
      }
    }
    const std::string similar = nearest_name(key, unread);
    throw ConfigError(position.text() + ": key '" + key + "' is missing" + place() + "; expected " +
                      expected +
                      (similar.empty() ? ""
                                       : ", found the similar key " + quoted(similar) + " (" +
                                             node->find(similar)->position.text() + ")"));
  }

  [[noreturn]] void mistyped(const ConfigNode& found, const std::string& name,
                             const std::string& expected) const {
    throw ConfigError(found.position.text() + ": " + name + ": expected " + expected + ", found " +
                      (found.quoted ? "the text " : "") + found.description());
  }

  /// Opens the mapping `value`; `written` is where its key stands.
  Child open(const ConfigNode& value, const ConfigPosition& written, const std::string& name) {
    if (value.kind != ConfigNode::Kind::mapping && value.kind != ConfigNode::Kind::null) {
      mistyped(value, name, "a mapping of keys to values");
    }
    auto child = std::make_shared<State>();
    child->node = std::shared_ptr<const ConfigNode>(node, &value);
    // The key's own line says more than that of the first key in it, unless that is another file.
    child->position = written.origin == value.position.origin ? written : value.position;
    child->path = name;
    return child;
  }

  void refuse_unknown() const {
    for (const ConfigEntry& entry : node->entries) {
      if (!knows(entry.key)) {
        throw ConfigError(entry.position.text() + ": unknown key " + quoted(entry.key) + place() +
                          did_you_mean(entry.key, known));
      }
    }
    for (const Record& record : records) {
      if (const auto* child = std::get_if<Child>(&record.what)) {
        (*child)->refuse_unknown();
      } else if (const auto* children = std::get_if<std::vector<Child>>(&record.what)) {
        for (const Child& one : *children) {
          one->refuse_unknown();
        }
      }
    }
  }

  ConfigTree effective() const {
    ConfigTree::Mapping mapping;
    for (const Record& record : records) {
      ConfigTree tree;
      if (const auto* value = std::get_if<ConfigTree>(&record.what)) {
        tree = *value;
      } else if (const auto* child = std::get_if<Child>(&record.what)) {
        tree = (*child)->effective();
      } else {
        ConfigTree::List list;
        for (const Child& one : std::get<std::vector<Child>>(record.what)) {
          list.push_back(one->effective());
        }
        tree.value = std::move(list);
      }
      mapping.push_back({record.key, std::move(tree)});
    }
    return {std::move(mapping)};
  }

  /// A scalar that `parse` accepts, or the fallback.
  template <typename Value, typename Parse>
  Value read(const std::string& key, const std::optional<Value>& fallback,
             const std::string& expected, Parse parse) {
    const ConfigEntry* entry = ask(key);
    if (entry == nullptr && !fallback) {
      missing(key, expected);
    }
    const Value value =
        entry == nullptr ? *fallback : convert<Value>(entry->value, path_of(key), expected, parse);
    record(key, value);
    return value;
  }

  template <typename Value, typename Parse>
  Value convert(const ConfigNode& found, const std::string& name, const std::string& expected,
                Parse parse) const {
    std::optional<Value> value;
    if (found.kind == ConfigNode::Kind::scalar) {
      value = parse(found);
    }
    if (!value) {
      mistyped(found, name, expected);
    }
    return *value;
  }

  /// A list whose elements `parse` accepts; an absent one is empty.
  template <typename Value, typename Parse>
  std::vector<Value> read_list(const std::string& key, const std::string& expected, Parse parse) {
    std::vector<Value> values;
    ConfigTree::List list;
    if (const ConfigEntry* entry = ask(key)) {
      if (entry->value.kind != ConfigNode::Kind::sequence) {
        mistyped(entry->value, path_of(key), "a list, each element " + expected);
      }
      for (const ConfigNode& item : entry->value.items) {
        const std::string name = path_of(key) + "[" + std::to_string(values.size()) + "]";
        values.push_back(convert<Value>(item, name, expected, parse));
        list.emplace_back().value = values.back();
      }
    }
    record(key, std::move(list));
    return values;
  }
};

namespace {

using Text = std::string;

std::string range_text(const char* what, const Text& min, const Text& max, bool has_min,
                       bool has_max) {
  if (has_min && has_max) {
    return what + (" from " + min) + " to " + max;
  }
  if (has_min) {
    return what + (" of at least " + min);
  }
  return has_max ? what + (" of at most " + max) : what;
}

std::string integer_range(std::int64_t min, std::int64_t max) {
  using Limits = std::numeric_limits<std::int64_t>;
  return range_text("an integer", std::to_string(min), std::to_string(max), min != Limits::min(),
                    max != Limits::max());
}

std::string real_range(double min, double max) {
  using Limits = std::numeric_limits<double>;
  return range_text("a number", real_text(min), real_text(max), min > Limits::lowest(),
                    max < Limits::max());
}

/// Parsers of a node: a quoted scalar is a text and never a number.
auto integer_parser(std::int64_t min, std::int64_t max) {
  return [=](const ConfigNode& node) {
    auto value = node.quoted ? std::nullopt : parse_integer(node.scalar);
    return value && *value >= min && *value <= max ? value : std::nullopt;
  };
}

auto real_parser(double min, double max) {
  return [=](const ConfigNode& node) {
    auto value = node.quoted ? std::nullopt : parse_real(node.scalar);
    return value && *value >= min && *value <= max ? value : std::nullopt;
  };
}

std::optional<bool> parse_flag(const ConfigNode& node) {
  return node.quoted ? std::nullopt : parse_boolean(node.scalar);
}

std::optional<Text> parse_text(const ConfigNode& node) {
  return node.scalar;
}

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
  return state_->read(key, std::optional<Text>(), "a text", parse_text);
}

std::string ConfigReader::string_or(const std::string& key, const std::string& fallback) const {
  return state_->read(key, std::optional<Text>(fallback), "a text", parse_text);
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
  const auto written =
      state_->convert<Text>(entry->value, state_->path_of(key), "the name of a file", parse_text);
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
        const std::string name = state_->path_of(key) + "[" + std::to_string(children.size()) + "]";
        children.push_back(state_->open(item, item.position, name));
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
  return state_->read_list<Text>(key, "a text", parse_text);
}

std::vector<std::int64_t> ConfigReader::integers(const std::string& key, std::int64_t min,
                                                 std::int64_t max) const {
  return state_->read_list<std::int64_t>(key, integer_range(min, max), integer_parser(min, max));
}

std::vector<double> ConfigReader::doubles(const std::string& key, double min, double max) const {
  return state_->read_list<double>(key, real_range(min, max), real_parser(min, max));
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

void ConfigReader::fail(const std::string& key, const std::string& what) const {
  const ConfigEntry* entry = state_->node->find(key);
  throw ConfigError((entry == nullptr ? state_->position : entry->value.position).text() + ": " +
                    state_->path_of(key) + ": " + what);
}

}  // namespace airnn
