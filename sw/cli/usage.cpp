// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "sw/config/nearest_name.h"

namespace airnn {

namespace {

using Names = std::vector<std::string>;

Names command_names(const CLI::App& program) {
  Names names;
  for (const CLI::App* command : program.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  return names;
}

/// With their dashes, as the user writes them.
Names option_names(const CLI::App& app) {
  Names names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
    for (const std::string& name : option->get_snames()) {
      names.push_back("-" + name);
    }
  }
  return names;
}

std::string unknown_option(const CLI::App& app, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  return fmt::format("unknown option '{}'{}", name, did_you_mean(name, option_names(app)));
}

std::string unknown_command(const CLI::App& program, const std::string& name) {
  const Names names = command_names(program);
  return fmt::format("unknown command '{}'; expected {}{}", name, fmt::join(names, ", "),
                     did_you_mean(name, names));
}

/// The parser's own messages where they are plain, better ones where they are not.
std::string explain(const CLI::ParseError& error) {
  const std::string text = error.what();
  if (error.get_name() == "ArgumentMismatch") {
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

std::string describe(const CLI::App& program, const CLI::App& app, const CLI::ParseError& error) {
  // A required option is missed first; yet the word nobody knows is what the user mistyped.
  const Names extras = app.remaining();
  const auto option = std::find_if(extras.begin(), extras.end(), [](const std::string& word) {
    return word.size() > 1 && word[0] == '-';
  });
  if (option != extras.end()) {
    return unknown_option(app, *option);
  }
  if (&app == &program) {
    return extras.empty() ? fmt::format("no command given; expected {}",
                                        fmt::join(command_names(program), ", "))
                          : unknown_command(program, extras.front());
  }
  if (!extras.empty()) {
    return fmt::format("unexpected argument '{}'", extras.front());
  }
  return explain(error);
}

}  // namespace

std::string usage_message(const CLI::App& program, const CLI::ParseError& error) {
  const std::vector<CLI::App*> commands = program.get_subcommands();
  // Words before the command belong to the program itself.
  const bool in_command = !commands.empty() && program.remaining().empty();
  const CLI::App& app = in_command ? *commands.front() : program;
  const std::string place = in_command ? "airnn " + app.get_name() : "airnn";
  return fmt::format("{} (see '{} --help')", describe(program, app, error), place);
}

}  // namespace airnn
