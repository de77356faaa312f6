// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "sw/config/config_node.h"
#include "sw/config/config_tree.h"

namespace airnn {

/// A name of a configuration file and the value it stands for.
template <typename Value>
struct NamedValue {
  std::string name;
  Value value;
};

/// One value of a key that may have several, and where it was written.
struct ConfigAlternative {
  std::string name;  ///< that of the value's text, unless it has one of its own
  std::string value;
  ConfigPosition position;
};

/// Reads one mapping strictly. Every call names a key, what may stand there and, for the `_or`
/// forms, the default; anything else throws ConfigError with file, line, key and what was expected.
/// Ranges include both ends. finish() refuses what nobody asked for. Copies share what has been
/// read.
class ConfigReader {
 public:
  /// `root` must be a mapping (ConfigDocument::reader()).
  explicit ConfigReader(std::shared_ptr<const ConfigNode> root);

  /// The mapping has the key (with whatever value). Does not count as reading it.
  bool has(const std::string& key) const;
  /// The key's value is a list. Does not count as reading it.
  bool is_list(const std::string& key) const;
  /// The key's value is a mapping. Does not count as reading it.
  bool is_mapping(const std::string& key) const;
  /// All keys in the order of the file, for mappings whose keys are names of the user's.
  std::vector<std::string> keys() const;

  template <typename Int = int>
  Int required_int(const std::string& key, Int min, Int max) const {
    return static_cast<Int>(read_integer(key, std::nullopt, widen(min), widen(max)));
  }
  template <typename Int = int>
  Int int_or(const std::string& key, Int fallback, Int min, Int max) const {
    return static_cast<Int>(read_integer(key, widen(fallback), widen(min), widen(max)));
  }
  double required_double(const std::string& key, double min, double max) const;
  double double_or(const std::string& key, double fallback, double min, double max) const;
  bool required_bool(const std::string& key) const;
  bool bool_or(const std::string& key, bool fallback) const;
  std::string required_string(const std::string& key) const;
  std::string string_or(const std::string& key, const std::string& fallback) const;
  std::optional<std::string> optional_string(const std::string& key) const;

  /// The name of a file, relative to the file (or, from the command line, the folder) it is written
  /// in; the result can be opened. The effective configuration gets the name as written.
  std::string required_path(const std::string& key) const;
  std::optional<std::string> optional_path(const std::string& key) const;

  /// One of a fixed set of names; the message lists them all.
  template <typename Value>
  Value required_enum(const std::string& key, const std::vector<NamedValue<Value>>& table) const {
    return table[read_choice(key, names_of(table), std::nullopt)].value;
  }
  template <typename Value>
  Value enum_or(const std::string& key, Value fallback,
                const std::vector<NamedValue<Value>>& table) const {
    std::size_t index = 0;
    while (index < table.size() && !(table[index].value == fallback)) {
      ++index;
    }
    return table[read_choice(key, names_of(table), index)].value;
  }

  /// A mapping inside this one. `section` is empty if it is absent, so that its defaults apply.
  ConfigReader required_section(const std::string& key) const;
  ConfigReader section(const std::string& key) const;
  std::optional<ConfigReader> optional_section(const std::string& key) const;

  /// Lists; an absent key is an empty list.
  std::vector<ConfigReader> sections(const std::string& key) const;
  std::vector<std::string> strings(const std::string& key) const;
  std::vector<std::int64_t> integers(const std::string& key, std::int64_t min,
                                     std::int64_t max) const;
  std::vector<double> doubles(const std::string& key, double min, double max) const;

  /// What a key that may have several values is given: one of them, a list, or a mapping of names
  /// to them. A value without a name is named by its text. Never empty; the key must be there.
  std::vector<ConfigAlternative> alternatives(const std::string& key) const;

  /// Refuses the first key that nobody read, here or in any section opened from here.
  void finish() const;

  /// What took effect here and below: every key read, defaults included, in the order of reading.
  ConfigTree effective() const;

  /// "accelerator.dram"; empty for the whole document.
  const std::string& path() const;
  /// Where a key's value is written; for a key that is absent, its mapping.
  ConfigPosition position(const std::string& key) const;
  /// Throws ConfigError that points at `key`, for conditions only the caller can check.
  [[noreturn]] void fail(const std::string& key, const std::string& what) const;

 private:
  struct State;
  explicit ConfigReader(std::shared_ptr<State> state);

  template <typename Int>
  static std::int64_t widen(Int value) {
    static_assert(std::is_integral_v<Int>, "integers only");
    if constexpr (std::is_unsigned_v<Int> && sizeof(Int) == sizeof(std::int64_t)) {
      return static_cast<std::int64_t>(
          std::min<Int>(value, static_cast<Int>(std::numeric_limits<std::int64_t>::max())));
    } else {
      return value;
    }
  }
  template <typename Value>
  static std::vector<std::string> names_of(const std::vector<NamedValue<Value>>& table) {
    std::vector<std::string> names;
    for (const NamedValue<Value>& entry : table) {
      names.push_back(entry.name);
    }
    return names;
  }

  std::int64_t read_integer(const std::string& key, std::optional<std::int64_t> fallback,
                            std::int64_t min, std::int64_t max) const;
  double read_real(const std::string& key, std::optional<double> fallback, double min,
                   double max) const;
  bool read_boolean(const std::string& key, std::optional<bool> fallback) const;
  std::size_t read_choice(const std::string& key, const std::vector<std::string>& names,
                          std::optional<std::size_t> fallback) const;

  std::shared_ptr<State> state_;
};

}  // namespace airnn
