// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/manual.h"

#include <fmt/format.h>

namespace airnn {

namespace {

/// Text that roff takes literally: no escapes, hyphens that can be searched, no requests at the
/// beginning of a line.
std::string literal(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
      out += "\\&";
    }
    out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  }
  return out;
}

std::string sentence(const Option& option) {
  std::string text = literal(option.help());
  if (option.default_varies()) {
    text += " (default: one per processor)";
  } else if (!option.default_text().empty()) {
    text += fmt::format(" (default: {})", literal(option.default_text()));
  }
  if (option.is_required() && !option.is_argument()) {
    text += " (required)";
  }
  return text;
}

std::string entry(const Option& option) {
  std::string names;
  if (!option.is_argument()) {
    for (const std::string& name : option.names()) {
      names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", literal(name));
    }
  }
  std::string type = option.is_argument() && option.type().empty() ? option.name() : option.type();
  if (!type.empty()) {
    names += fmt::format("{}\\fI{}\\fR", names.empty() ? "" : " ", literal(type));
  }
  return fmt::format(".TP\n{}{}\n{}\n", names, option.is_list() ? " ..." : "", sentence(option));
}

std::string command_section(const Options& command) {
  std::string text = fmt::format(".SS airnn {}\n{}.\n", command.name(), literal(command.text()));
  std::string heading;
  for (const Option& option : command.options()) {
    if (option.heading() != heading) {
      heading = option.heading();
      text += fmt::format(".PP\n{}:\n", heading.empty() ? "Options" : literal(heading));
    }
    text += entry(option);
  }
  if (!command.closing().empty()) {
    text += fmt::format(".PP\n.nf\n{}\n.fi\n", literal(command.closing()));
  }
  return text;
}

}  // namespace

std::string manual_page(const Options& program, const std::string& version) {
  std::string text = fmt::format(
      ".TH AIRNN 1 \"\" \"airnn {}\"\n.SH NAME\nairnn \\- cycle\\-accurate simulator of a CNN "
      "accelerator\n.SH SYNOPSIS\n\\fBairnn\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n.br\n"
      "\\fBairnn\\fR [\\fICOMMAND\\fR] \\fB\\-\\-help\\fR\n.br\n\\fBairnn \\-\\-version\\fR\n"
      ".SH DESCRIPTION\n{}\n.SH COMMANDS\n",
      version, literal(program.text()));
  for (const auto& command : program.subcommands()) {
    if (!command->is_hidden()) {
      text += command_section(*command);
    }
  }
  text += fmt::format(
      ".SH EXIT STATUS\n.nf\n{}\n.fi\n.SH ENVIRONMENT\n.TP\n\\fBAIRNN_HOME\\fR\nThe folder with "
      "the "
      "configurations and models that can be named instead of given by a path; without it\n"
      "share/airnn beside the program.\n",
      literal(program.closing()));
  return text;
}

}  // namespace airnn
