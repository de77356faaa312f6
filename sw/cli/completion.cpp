// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace airnn {

namespace {

using Words = std::vector<std::string>;

/// The values that "base|iterative" or "auto|N" lists; none for "FILE".
Words values_of(const Option& option) {
  Words values;
  const std::string& type = option.type();
  if (type.find('|') == std::string::npos) {
    return values;
  }
  for (std::size_t begin = 0; begin <= type.size();) {
    const std::size_t end = std::min(type.find('|', begin), type.size());
    const std::string word = type.substr(begin, end - begin);
    // Words in capitals and lists stand for what the user has to write.
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos) {
      values.push_back(word);
    }
    begin = end + 1;
  }
  return values;
}

Words visible_commands(const Options& program) {
  Words names;
  for (const auto& command : program.subcommands()) {
    if (!command->is_hidden()) {
      names.push_back(command->name());
    }
  }
  return names;
}

/// For a shell's single quotes.
std::string quoted_for_shell(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? "'\\''" : std::string(1, c == '\n' ? ' ' : c);
  }
  return out + "'";
}

/// For the brackets and parts between colons of zsh's `_arguments` and `_describe`.
std::string escaped_for_zsh(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += std::string("[]:\\").find(c) == std::string::npos ? "" : "\\";
    out += c;
  }
  return out;
}

/// What zsh completes behind an option or as an argument.
std::string zsh_value(const Option& option) {
  const Words values = values_of(option);
  return fmt::format(":{}:{}", escaped_for_zsh(option.type()),
                     values.empty() ? "_files" : fmt::format("({})", fmt::join(values, " ")));
}

std::string zsh_option(const Option& option) {
  const std::string what = fmt::format("[{}]{}", escaped_for_zsh(option.help()),
                                       option.is_switch() ? "" : zsh_value(option));
  std::string specs;
  for (const std::string& name : option.names()) {
    // An option that was written is not offered again, under none of its names.
    const std::string once =
        option.is_list() ? "*" : fmt::format("({})", fmt::join(option.names(), " "));
    specs += fmt::format(" \\\n        {}", quoted_for_shell(once + name + what));
  }
  return specs;
}

std::string zsh_command(const Options& command) {
  std::string specs = " \\\n        '(- *)--help[print help and stop]'";
  bool has_arguments = false;
  for (const Option& option : command.options()) {
    specs += option.is_argument() ? "" : zsh_option(option);
    has_arguments = has_arguments || option.is_argument();
  }
  specs += has_arguments ? " \\\n        '*:file:_files'" : "";
  return fmt::format("      {}) _arguments{} ;;\n", command.name(), specs);
}

std::string bash_values(const Options& command) {
  std::string cases;
  for (const Option& option : command.options()) {
    const Words values = values_of(option);
    for (const std::string& name : values.empty() ? Words{} : option.names()) {
      cases += fmt::format("    '{} {}') COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n",
                           command.name(), name, fmt::join(values, " "));
    }
  }
  return cases;
}

std::string bash_options(const Options& command) {
  Words names{"--help"};
  for (const Option& option : command.options()) {
    if (!option.is_argument()) {
      names.insert(names.end(), option.names().begin(), option.names().end());
    }
  }
  return fmt::format("    {}) options='{}' ;;\n", command.name(), fmt::join(names, " "));
}

}  // namespace

std::string bash_completion(const Options& program) {
  std::string values;
  std::string options;
  for (const auto& command : program.subcommands()) {
    if (!command->is_hidden()) {
      values += bash_values(*command);
      options += bash_options(*command);
    }
  }
  const Words commands = visible_commands(program);
  return fmt::format(R"(# Completion of airnn for bash; written by 'airnn completion bash'.
_airnn() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command='' options i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${{COMP_WORDS[i]}} in
      {0}) command=${{COMP_WORDS[i]}}; break ;;
    esac
  done
  case "$command $before" in
{1}  esac
  case "$command" in
    '') COMPREPLY=($(compgen -W '{2} --help --version' -- "$word")); return ;;
{3}  esac
  if [[ $word == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  fi
}}
complete -o default -o bashdefault -F _airnn airnn
)",
                     fmt::join(commands, "|"), values, fmt::join(commands, " "), options);
}

std::string zsh_completion(const Options& program) {
  std::string commands;
  std::string options;
  for (const auto& command : program.subcommands()) {
    if (!command->is_hidden()) {
      commands += fmt::format(
          "\n      {}", quoted_for_shell(command->name() + ":" + escaped_for_zsh(command->text())));
      options += zsh_command(*command);
    }
  }
  return fmt::format(R"(#compdef airnn
# Completion of airnn for zsh; written by 'airnn completion zsh'.
_airnn() {{
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C '(- *)--help[print help and stop]' '(- *)--version[print the version and stop]' \
    '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=({0})
      _describe command commands ;;
    argument) case $words[1] in
{1}    esac ;;
  esac
}}
if [[ $funcstack[1] == _airnn ]]; then
  _airnn "$@"  # as a file of fpath, which is read at its first use
else
  compdef _airnn airnn
fi
)",
                     commands, options);
}

std::string fish_completion(const Options& program) {
  std::string text = "# Completion of airnn for fish; written by 'airnn completion fish'.\n";
  for (const auto& command : program.subcommands()) {
    if (command->is_hidden()) {
      continue;
    }
    text += fmt::format("complete -c airnn -n __fish_use_subcommand -f -a {} -d {}\n",
                        command->name(), quoted_for_shell(command->text()));
    for (const Option& option : command->options()) {
      if (option.is_argument()) {
        continue;
      }
      text += fmt::format("complete -c airnn -n '__fish_seen_subcommand_from {}'", command->name());
      for (const std::string& name : option.names()) {
        text += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      const Words values = values_of(option);
      text += option.is_switch() ? "" : " -r";
      text += values.empty() ? "" : fmt::format(" -f -a '{}'", fmt::join(values, " "));
      text += fmt::format(" -d {}\n", quoted_for_shell(option.help()));
    }
  }
  return text;
}

}  // namespace airnn
