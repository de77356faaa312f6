// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/command_line.h"

// The only place that includes it: it takes longer to compile than all else here.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "sw/cli/usage.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Options of ours, and those that the parser made of them.
using Declared = std::vector<std::pair<Option*, CLI::Option*>>;

CLI::Option* declare(Option& option, CLI::App& app) {
  std::string names;
  for (const std::string& name : option.names()) {
    names += (names.empty() ? "" : ",") + name;
  }
  return std::visit(
      [&](auto* value) {
        if constexpr (std::is_same_v<decltype(value), bool*>) {
          return app.add_flag(names, *value, option.help());
        } else {
          return app.add_option(names, *value, option.help());
        }
      },
      option.value());
}

void declare(Options& options, CLI::App& app, Declared& declared) {
  for (Option& option : options.options()) {
    CLI::Option* made = declare(option, app);
    made->required(option.is_required());
    if (!option.type().empty()) {
      made->type_name(option.type());
    }
    if (!option.heading().empty()) {
      made->group(option.heading());
    }
    made->default_str(option.default_text());
    declared.emplace_back(&option, made);
  }
  app.footer(options.closing());
}

void note_given(const Declared& declared) {
  for (const auto& [option, made] : declared) {
    option->set_given(made->count() > 0);
  }
}

}  // namespace

Request parse_command_line(Options& program, const std::string& version, int argc,
                           const char* const* argv) {
  CLI::App app(program.text(), program.name());
  app.set_version_flag("--version", version);
  app.require_subcommand(1);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  Declared declared;
  declare(program, app, declared);
  std::vector<std::pair<const Options*, const CLI::App*>> commands;
  for (const auto& command : program.subcommands()) {
    CLI::App* made = app.add_subcommand(command->name(), command->text());
    made->group(command->is_hidden() ? "" : "Commands");
    declare(*command, *made, declared);
    commands.emplace_back(command.get(), made);
  }
  // Words before the command belong to the program itself.
  const auto parsed = [&] {
    const auto found = std::find_if(commands.begin(), commands.end(),
                                    [](const auto& command) { return command.second->parsed(); });
    return found == commands.end() || !app.remaining().empty()
               ? std::pair(&std::as_const(program), &std::as_const(app))
               : *found;
  };
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {nullptr, app.help()};
  } catch (const CLI::CallForVersion&) {
    return {nullptr, app.version() + "\n"};
  } catch (const CLI::ParseError& error) {
    const auto [command, made] = parsed();
    throw UserError(
        usage_message(program, *command, {error.get_name(), error.what(), made->remaining()}));
  }
  note_given(declared);
  return {parsed().first, ""};
}

}  // namespace airnn
