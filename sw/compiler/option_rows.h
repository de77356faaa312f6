// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "sw/compiler/compile_option.h"
#include "sw/config/option_values.h"
#include "sw/format/errors.h"

namespace airnn {

/// Rows of a table of options, by the kind of their value. `field` is a pointer to a member of
/// CompileRequest, or a function from CompileRequest& to a reference.
namespace option_rows {

template <typename Field>
using ValueOf = std::decay_t<std::invoke_result_t<Field, CompileRequest&>>;

/// The field's value; the request stays as it is.
template <typename Field>
ValueOf<Field> value_of(Field field, const CompileRequest& request) {
  return std::invoke(field, const_cast<CompileRequest&>(request));
}

/// What all kinds have.
struct Words {
  const char* name;
  const char* heading;
  const char* sentence;
};

template <typename Field>
CompileOption flag(const Words& words, Field field) {
  return {words.name,
          words.heading,
          "",
          words.sentence,
          FlagValues{},
          [field](const CompileOption& option, const std::string& text, CompileRequest& request) {
            std::invoke(field, request) = choice_index(option.flag(), text, {"false", "true"}) == 1;
          },
          [field](const CompileRequest& request) -> std::string {
            return value_of(field, request) ? "true" : "false";
          }};
}

/// The help shows all names, unless `placeholder` says otherwise.
template <typename Field>
CompileOption choice(const Words& words, Field field, std::vector<NamedValue<ValueOf<Field>>> table,
                     std::string placeholder = "") {
  ChoiceValues names;
  for (const auto& entry : table) {
    names.names.push_back(entry.name);
  }
  if (placeholder.empty()) {
    placeholder = fmt::format("{}", fmt::join(names.names, "|"));
  }
  return {words.name,
          words.heading,
          std::move(placeholder),
          words.sentence,
          std::move(names),
          [=](const CompileOption& option, const std::string& text, CompileRequest& request) {
            std::invoke(field, request) = choice_option(option.flag(), text, table);
          },
          [=](const CompileRequest& request) {
            std::string name;
            for (const auto& entry : table) {
              name = entry.value == value_of(field, request) ? entry.name : name;
            }
            return name;
          }};
}

template <typename Field>
CompileOption integer(const Words& words, Field field, std::int64_t min, std::int64_t max,
                      std::string placeholder = "N") {
  return {
      words.name,
      words.heading,
      std::move(placeholder),
      words.sentence,
      IntegerValues{min, max},
      [=](const CompileOption& option, const std::string& text, CompileRequest& request) {
        std::invoke(field, request) =
            static_cast<ValueOf<Field>>(integer_option(option.flag(), text, min, max));
      },
      [field](const CompileRequest& request) { return std::to_string(value_of(field, request)); }};
}

/// Real numbers, separated by commas; `most`: so many of them.
template <typename Field>
CompileOption reals(const Words& words, Field field, double min, double max, std::size_t most,
                    std::string placeholder) {
  return {words.name,
          words.heading,
          std::move(placeholder),
          words.sentence,
          RealValues{min, max},
          [=](const CompileOption& option, const std::string& text, CompileRequest& request) {
            std::vector<double> numbers = real_list_option(option.flag(), text, min, max);
            if (numbers.size() > most) {
              throw UserError(
                  fmt::format("{}: {} numbers; expected {}", option.flag(), numbers.size(), most));
            }
            std::invoke(field, request) = std::move(numbers);
          },
          [field](const CompileRequest& request) {
            return fmt::format("{}", fmt::join(value_of(field, request), ","));
          }};
}

/// One real number.
template <typename Field>
CompileOption real(const Words& words, Field field, double min, double max,
                   std::string placeholder) {
  return {
      words.name,
      words.heading,
      std::move(placeholder),
      words.sentence,
      RealValues{min, max},
      [=](const CompileOption& option, const std::string& text, CompileRequest& request) {
        const std::vector<double> numbers = real_list_option(option.flag(), text, min, max);
        if (numbers.size() != 1) {
          throw UserError(fmt::format("{}: {} numbers; expected 1", option.flag(), numbers.size()));
        }
        std::invoke(field, request) = numbers.front();
      },
      [field](const CompileRequest& request) {
        return fmt::format("{}", value_of(field, request));
      }};
}

/// Anything that has a text: `parse` makes it of one, `show` the text of it.
template <typename Field, typename Parse, typename Text>
CompileOption parsed(const Words& words, Field field, Parse parse, Text text_of,
                     std::string placeholder) {
  return {words.name,
          words.heading,
          placeholder,
          words.sentence,
          TextValues{placeholder},
          [=](const CompileOption& option, const std::string& text, CompileRequest& request) {
            std::invoke(field, request) = parse(option.flag(), text);
          },
          [=](const CompileRequest& request) { return text_of(value_of(field, request)); }};
}

/// A file whose content counts.
template <typename Field>
CompileOption file(const Words& words, Field field, std::string placeholder) {
  CompileOption option = parsed(
      words, field, [](const std::string& /*flag*/, const std::string& text) { return text; },
      [](const std::string& text) { return text; }, std::move(placeholder));
  option.role = OptionRole::file;
  return option;
}

}  // namespace option_rows

}  // namespace airnn
