// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace airnn {

/// An option or argument of a command: how it looks, and where its value goes. Everything that
/// knows options reads this: the parser, the manual and the completion of shells.
class Option {
 public:
  /// A text, any number of texts, or a switch.
  using Value = std::variant<std::string*, std::vector<std::string>*, bool*>;

  /// `names` as in "-o,--output"; without dashes it is an argument.
  Option(const std::string& names, Value value, std::string help);

  Option* required() { return required_ = true, this; }
  /// The kind of value in the help: "FILE", "N", or all values there are, "a|b".
  Option* type_name(std::string name) { return type_ = std::move(name), this; }
  /// The heading that the help shows it under.
  Option* group(std::string name) { return group_ = std::move(name), this; }
  /// The help shows the present value as the default.
  Option* capture_default_str();
  /// The same; it is another on another machine.
  Option* capture_machine_default() { return default_varies_ = true, capture_default_str(); }

  bool is_argument() const { return names_.front().front() != '-'; }
  bool is_switch() const { return std::holds_alternative<bool*>(value_); }
  bool is_list() const { return std::holds_alternative<std::vector<std::string>*>(value_); }
  bool is_required() const { return required_; }
  /// With their dashes, the short one first if there are both.
  const std::vector<std::string>& names() const { return names_; }
  /// The long one, if there is one.
  const std::string& name() const { return names_.back(); }
  const Value& value() const { return value_; }
  const std::string& help() const { return help_; }
  const std::string& type() const { return type_; }
  const std::string& heading() const { return group_; }
  /// Empty if the help shows none.
  const std::string& default_text() const { return default_; }

  bool default_varies() const { return default_varies_; }

  /// Whether the command line had it.
  bool given() const { return given_; }
  void set_given(bool given) { given_ = given; }

 private:
  std::vector<std::string> names_;
  Value value_;
  std::string help_;
  std::string type_;
  std::string group_;
  std::string default_;
  bool required_ = false;
  bool default_varies_ = false;
  bool given_ = false;
};

/// What can be written after the name of a program or of one of its commands. Values are stored
/// where the options were declared with, when a command line is parsed (command_line.h).
class Options {
 public:
  explicit Options(std::string name = "", std::string text = "")
      : name_(std::move(name)), text_(std::move(text)) {}

  Options* add_subcommand(const std::string& name, const std::string& text);
  Option* add_option(const std::string& names, std::string& value, const std::string& help);
  /// May be repeated, and followed by several values.
  Option* add_option(const std::string& names, std::vector<std::string>& values,
                     const std::string& help);
  Option* add_flag(const std::string& names, bool& value, const std::string& help);
  /// What the help ends with.
  void footer(std::string text) { footer_ = std::move(text); }
  /// Neither help, manual nor completion mention it.
  void hide() { hidden_ = true; }

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  const std::string& closing() const { return footer_; }
  bool is_hidden() const { return hidden_; }
  const std::deque<Option>& options() const { return options_; }
  std::deque<Option>& options() { return options_; }
  const std::vector<std::unique_ptr<Options>>& subcommands() const { return subcommands_; }
  /// The option that has this name, "--output"; there must be one.
  const Option& option(const std::string& name) const;

 private:
  Option* add(Option option);

  std::string name_;
  std::string text_;
  std::string footer_;
  bool hidden_ = false;
  std::deque<Option> options_;  // which stay where they are
  std::vector<std::unique_ptr<Options>> subcommands_;
};

}  // namespace airnn
