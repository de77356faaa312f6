// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sw/config/nearest_name.h"

namespace airnn {

namespace {

using Names = std::vector<std::string>;

Names command_names(const Options& program) {
  Names names;
  for (const auto& command : program.subcommands()) {
    if (!command->is_hidden()) {
      names.push_back(command->name());
    }
  }
  return names;
}

/// With their dashes, as the user writes them; those that the parser has itself, too.
Names option_names(const Options& program, const Options& command) {
  Names names{"--help", "-h"};
  for (const Option& option : command.options()) {
    if (!option.is_argument()) {
      names.insert(names.end(), option.names().rbegin(), option.names().rend());
    }
  }
  if (&command == &program) {
    names.emplace_back("--version");
  }
  return names;
}

std::string unknown_option(const Names& names, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  return fmt::format("unknown option '{}'{}", name, did_you_mean(name, names));
}

std::string unknown_command(const Options& program, const std::string& name) {
  const Names names = command_names(program);
  return fmt::format("unknown command '{}'; expected {}{}", name, fmt::join(names, ", "),
                     did_you_mean(name, names));
}

/// The parser's own messages where they are plain, better ones where they are not.
std::string explain(const UsageFailure& failure) {
  const std::string& text = failure.text;
  if (failure.kind == "ArgumentMismatch") {
    const bool several = text.find("At Most") != std::string::npos;
    return fmt::format("{}: {}; expected one value", text.substr(0, text.find(':')),
                       several ? "given more than once" : "nothing follows it");
  }
  const std::string prefix = "Could not convert: ";
  if (text.compare(0, prefix.size(), prefix) == 0) {
    // Every value is taken as text: only a switch can fail here.
    return fmt::format("{}: takes no value",
                       text.substr(prefix.size(), text.find(" = ") - prefix.size()));
  }
  return text;
}

std::string describe(const Options& program, const Options& command, const UsageFailure& failure) {
  // A required option is missed first; yet the word nobody knows is what the user mistyped.
  const Names& extras = failure.unknown;
  const auto option = std::find_if(extras.begin(), extras.end(), [](const std::string& word) {
    return word.size() > 1 && word[0] == '-';
  });
  if (option != extras.end()) {
    return unknown_option(option_names(program, command), *option);
  }
  if (&command == &program) {
    return extras.empty() ? fmt::format("no command given; expected {}",
                                        fmt::join(command_names(program), ", "))
                          : unknown_command(program, extras.front());
  }
  if (!extras.empty()) {
    return fmt::format("unexpected argument '{}'", extras.front());
  }
  return explain(failure);
}

}  // namespace

std::string usage_message(const Options& program, const Options& command,
                          const UsageFailure& failure) {
  const std::string place = &command == &program ? "airnn" : "airnn " + command.name();
  return fmt::format("{} (see '{} --help')", describe(program, command, failure), place);
}

}  // namespace airnn
