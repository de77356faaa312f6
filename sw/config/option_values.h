// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sw/config/config_reader.h"

namespace airnn {

/// The text of an option as an integer. Throws UserError "--count: 'x' ...; expected an integer
/// from 1 to 10"; the other functions complain likewise.
std::int64_t integer_option(const std::string& option, const std::string& text, std::int64_t min,
                            std::int64_t max);

/// Finite real numbers, separated by commas.
std::vector<double> real_list_option(const std::string& option, const std::string& text, double min,
                                     double max);

/// Names separated by commas; none may be empty.
std::vector<std::string> name_list_option(const std::string& option, const std::string& text);

/// Place of `text` in `names`; the message suggests the nearest one.
std::size_t choice_index(const std::string& option, const std::string& text,
                         const std::vector<std::string>& names);

/// The value that one of the names in `table` stands for.
template <typename Value>
Value choice_option(const std::string& option, const std::string& text,
                    const std::vector<NamedValue<Value>>& table) {
  std::vector<std::string> names;
  for (const NamedValue<Value>& entry : table) {
    names.push_back(entry.name);
  }
  return table[choice_index(option, text, names)].value;
}

}  // namespace airnn
