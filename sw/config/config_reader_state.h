// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sw/config/config_reader.h"

namespace airnn {

/// What copies of one reader share: the mapping, and what has been read of it so far.
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

  bool knows(const std::string& key) const;
  std::string path_of(const std::string& key) const;
  std::string element_path(const std::string& key, std::size_t index) const;
  /// " in accelerator", or nothing at the top.
  std::string place() const { return path.empty() ? "" : " in " + path; }

  /// The entry of a key that somebody asks for; null if it is absent.
  const ConfigEntry* ask(const std::string& key);
  Record* recorded(const std::string& key);
  /// Opens the mapping `value` for reading; `written` is where its key stands.
  Child open(const ConfigNode& value, const ConfigPosition& written, const std::string& name) const;

  [[noreturn]] void missing(const std::string& key, const std::string& expected) const;
  [[noreturn]] void mistyped(const ConfigNode& found, const std::string& name,
                             const std::string& expected) const;
  void refuse_unknown() const;
  ConfigTree effective() const;

  template <typename Value>
  void record(const std::string& key, Value value) {
    if (recorded(key) == nullptr) {
      records.push_back({key, ConfigTree{std::move(value)}});
    }
  }

  /// A scalar that `parse` accepts, or the fallback.
  template <typename Value, typename Parse>
  Value read(const std::string& key, const std::optional<Value>& fallback,
             const std::string& expected, Parse parse) {
    const ConfigEntry* entry = ask(key);
    if (entry == nullptr && !fallback) {
      missing(key, expected);
    }
    Value value =
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
        values.push_back(convert<Value>(item, element_path(key, values.size()), expected, parse));
        list.emplace_back().value = values.back();
      }
    }
    record(key, std::move(list));
    return values;
  }
};

}  // namespace airnn
