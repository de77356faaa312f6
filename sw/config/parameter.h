// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "sw/config/allowed_values.h"
#include "sw/config/config_reader.h"
#include "sw/config/scalar_parser.h"

namespace airnn {

/// A key as lists and pages show it.
struct ParameterText {
  std::string key;
  std::string fallback;  ///< what an absent key means; empty: it is required
  AllowedValues values;
  std::string sentence;
};

/// A key of a section, and the field of `Params` that it sets. The reader, its messages, what took
/// effect, and `airnn config --list` come from it. What an absent key means is what the field
/// already holds: that of `Params{}`, unless the section is read over something else.
///
/// `field` is a pointer to a member, or a function from Params& to a reference.
template <typename Params>
class Parameter {
 public:
  using Read = std::function<void(const ConfigReader&, Params&, bool required)>;
  template <typename Field>
  using ValueOf = std::decay_t<std::invoke_result_t<Field, Params&>>;

  Parameter(ParameterText text, Read read) : text_(std::move(text)), read_(std::move(read)) {}

  template <typename Field>
  static Parameter integer(std::string key, Field field, std::int64_t min, std::int64_t max,
                           std::string sentence) {
    using Value = ValueOf<Field>;
    const auto read = [=](const ConfigReader& reader, Params& params, bool required) {
      const auto least = static_cast<Value>(min);
      const auto most = static_cast<Value>(max);
      Value& value = std::invoke(field, params);
      value = required ? reader.required_int<Value>(key, least, most)
                       : reader.int_or<Value>(key, value, least, most);
    };
    std::string fallback = std::to_string(standard(field));
    return {{key, std::move(fallback), IntegerValues{min, max}, std::move(sentence)}, read};
  }

  template <typename Field>
  static Parameter real(std::string key, Field field, double min, double max,
                        std::string sentence) {
    return real_of(
        std::move(key), [field](Params& params) { return std::invoke(field, params); },
        [field](Params& params, double value) { std::invoke(field, params) = value; }, min, max,
        std::move(sentence));
  }

  /// A number that is held as something else: `get` makes it of that, `put` stores it.
  template <typename Get, typename Put>
  static Parameter real_of(std::string key, Get get, Put put, double min, double max,
                           std::string sentence) {
    const auto read = [=](const ConfigReader& reader, Params& params, bool required) {
      put(params, required ? reader.required_double(key, min, max)
                           : reader.double_or(key, get(params), min, max));
    };
    std::string fallback = real_text(standard(get));
    return {{key, std::move(fallback), RealValues{min, max}, std::move(sentence)}, read};
  }

  template <typename Field>
  static Parameter flag(std::string key, Field field, std::string sentence) {
    const auto read = [=](const ConfigReader& reader, Params& params, bool required) {
      bool& value = std::invoke(field, params);
      value = required ? reader.required_bool(key) : reader.bool_or(key, value);
    };
    std::string fallback = standard(field) ? "true" : "false";
    return {{key, std::move(fallback), FlagValues{}, std::move(sentence)}, read};
  }

  template <typename Field>
  static Parameter choice(std::string key, Field field,
                          std::vector<NamedValue<ValueOf<Field>>> table, std::string sentence) {
    ChoiceValues names;
    std::string fallback;
    for (const auto& entry : table) {
      names.names.push_back(entry.name);
      fallback = entry.value == standard(field) ? entry.name : fallback;
    }
    const auto read = [=](const ConfigReader& reader, Params& params, bool required) {
      auto& value = std::invoke(field, params);
      value = required ? reader.required_enum(key, table) : reader.enum_or(key, value, table);
    };
    return {{key, std::move(fallback), std::move(names), std::move(sentence)}, read};
  }

  template <typename Field>
  static Parameter text(std::string key, Field field, std::string what, std::string sentence) {
    const auto read = [=](const ConfigReader& reader, Params& params, bool required) {
      std::string& value = std::invoke(field, params);
      value = required ? reader.required_string(key) : reader.string_or(key, value);
    };
    return {{key, standard(field), TextValues{std::move(what)}, std::move(sentence)}, read};
  }

  /// The same key, which must be there.
  Parameter required() && {
    required_ = true;
    text_.fallback.clear();
    return std::move(*this);
  }
  /// The same key; `prepare` gives the field what an absent key means, after the keys before it are
  /// read, and `fallback` says what that is.
  Parameter otherwise(std::string fallback, std::function<void(Params&)> prepare) && {
    text_.fallback = std::move(fallback);
    prepare_ = std::move(prepare);
    return std::move(*this);
  }

  const ParameterText& description() const { return text_; }

  /// Throws ConfigError.
  void read(const ConfigReader& reader, Params& params) const {
    if (prepare_) {
      prepare_(params);
    }
    read_(reader, params, required_);
  }

 private:
  template <typename Field>
  static ValueOf<Field> standard(Field field) {
    const auto params = std::make_unique<Params>();  // on the stack gcc 12 warns without a reason
    return std::invoke(field, *params);
  }

  ParameterText text_;
  Read read_;
  std::function<void(Params&)> prepare_;
  bool required_ = false;
};

/// The keys of a section in the order in which they are read, and in which what took effect shows
/// them.
template <typename Params>
using ParameterTable = std::vector<Parameter<Params>>;

template <typename Params>
void read_parameters(const ParameterTable<Params>& table, const ConfigReader& reader,
                     Params& params) {
  for (const Parameter<Params>& parameter : table) {
    parameter.read(reader, params);
  }
}

/// Keys of one place of a configuration.
struct ParameterSection {
  std::string title;   ///< what is in it, and when: "memory of model flat"
  std::string prefix;  ///< "memory.timing."; empty at the top
  std::vector<ParameterText> keys;
};

template <typename Params>
ParameterSection parameter_section(std::string title, std::string prefix,
                                   const ParameterTable<Params>& table) {
  ParameterSection section{std::move(title), std::move(prefix), {}};
  for (const Parameter<Params>& parameter : table) {
    section.keys.push_back(parameter.description());
  }
  return section;
}

}  // namespace airnn
