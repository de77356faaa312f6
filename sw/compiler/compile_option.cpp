// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/compile_option.h"

#include <fmt/format.h>

#include <algorithm>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

/// Sets the fields of the options that are given, in the order of the table: an option may depend
/// on those before it. One that has no meaning beside them is told to `refused`.
template <typename Refused>
void for_each_given(const std::vector<CompileSetting>& settings, const CompileOptionTable& table,
                    CompileRequest& request, const Refused& refused) {
  for (const CompileOption& option : table) {
    const auto given =
        std::find_if(settings.begin(), settings.end(),
                     [&](const CompileSetting& setting) { return setting.name == option.name; });
    if (given == settings.end()) {
      continue;
    }
    if (option.refusal && !option.applies(request)) {
      refused(option);
    } else {
      option.store(option, given->value, request);
    }
  }
}

}  // namespace

std::string unknown_option(const std::string& name, const CompileOptionTable& table) {
  std::vector<std::string> flags;
  for (const CompileOption& option : table) {
    if (option.name == name) {
      return "";
    }
    flags.push_back(option.flag());
  }
  const std::string flag = "--" + name;
  return fmt::format("'airnn compile' has no option {}{}", flag, did_you_mean(flag, flags));
}

CompileRequest compile_request(const std::vector<CompileSetting>& settings,
                               const CompileOptionTable& table) {
  for (const CompileSetting& setting : settings) {
    const std::string unknown = unknown_option(setting.name, table);
    if (!unknown.empty()) {
      throw UserError(unknown);
    }
  }
  CompileRequest request;
  for_each_given(settings, table, request, [&](const CompileOption& option) {
    throw UserError(fmt::format("{}: {}", option.flag(), option.refusal(request)));
  });
  return request;
}

std::vector<std::string> refused_options(const std::vector<CompileSetting>& settings,
                                         const CompileOptionTable& table) {
  std::vector<std::string> names;
  CompileRequest request;
  try {
    for_each_given(settings, table, request,
                   [&](const CompileOption& option) { names.push_back(option.name); });
  } catch (const UserError&) {
    return {};  // a value that is none: whoever compiles says so
  }
  return names;
}

std::string typed_option(const CompileSetting& setting, const CompileOptionTable& table) {
  const auto option = std::find_if(table.begin(), table.end(), [&](const CompileOption& candidate) {
    return candidate.name == setting.name;
  });
  if (option != table.end() && option->is_switch()) {
    return setting.value == "true" ? " --" + setting.name : "";
  }
  return fmt::format(" --{} {}", setting.name, setting.value);
}

std::string request_text(const CompileRequest& request, OptionRole role,
                         const CompileOptionTable& table) {
  std::string text;
  for (const CompileOption& option : table) {
    if (option.role == role && (!option.applies || option.applies(request))) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", option.name, option.show(request));
    }
  }
  return text;
}

}  // namespace airnn
