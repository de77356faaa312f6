// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/options.h"

#include <algorithm>
#include <stdexcept>

namespace airnn {

Option::Option(const std::string& names, Value value, std::string help)
    : value_(value), help_(std::move(help)) {
  for (std::size_t begin = 0; begin <= names.size();) {
    const std::size_t end = std::min(names.find(',', begin), names.size());
    names_.push_back(names.substr(begin, end - begin));
    begin = end + 1;
  }
}

Option* Option::capture_default_str() {
  if (const auto* text = std::get_if<std::string*>(&value_)) {
    default_ = **text;
  }
  return this;
}

Options* Options::add_subcommand(const std::string& name, const std::string& text) {
  return subcommands_.emplace_back(std::make_unique<Options>(name, text)).get();
}

Option* Options::add_option(const std::string& names, std::string& value, const std::string& help) {
  return add({names, &value, help});
}

Option* Options::add_option(const std::string& names, std::vector<std::string>& values,
                            const std::string& help) {
  return add({names, &values, help});
}

Option* Options::add_flag(const std::string& names, bool& value, const std::string& help) {
  return add({names, &value, help});
}

Option* Options::add(Option option) {
  return &options_.emplace_back(std::move(option));
}

const Option& Options::option(const std::string& name) const {
  for (const Option& option : options_) {
    if (std::find(option.names().begin(), option.names().end(), name) != option.names().end()) {
      return option;
    }
  }
  throw std::logic_error("no option " + name);
}

}  // namespace airnn
