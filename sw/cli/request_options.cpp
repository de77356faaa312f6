// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/request_options.h"

namespace airnn {

void RequestOptions::add_to(Options& command) {
  command_ = &command;
  for (const CompileOption& option : table_) {
    std::string& text = texts_.emplace_back(option.fallback());
    bool& given = switches_.emplace_back(false);
    if (option.is_switch()) {
      command.add_flag(option.flag(), given, option.sentence)->group(option.heading);
    } else {
      command.add_option(option.flag(), text, option.sentence)
          ->capture_default_str()
          ->type_name(option.placeholder)
          ->group(option.heading);
    }
  }
}

CompileRequest RequestOptions::read() const {
  std::vector<CompileSetting> given;
  for (std::size_t i = 0; i < table_.size(); ++i) {
    const CompileOption& option = table_[i];
    if (command_->option(option.flag()).given()) {
      given.push_back({option.name, option.is_switch() ? "true" : texts_[i]});
    }
  }
  return compile_request(given, table_);
}

}  // namespace airnn
