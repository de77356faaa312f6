// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "sw/cli/options.h"
#include "sw/compiler/compile_option.h"

namespace airnn {

/// The compiler's table of options on a command line.
class RequestOptions {
 public:
  explicit RequestOptions(const CompileOptionTable& table = compile_options()) : table_(table) {}

  /// Declares them; they are stored here when the command line is parsed.
  void add_to(Options& command);
  /// Throws UserError.
  CompileRequest read() const;

 private:
  const CompileOptionTable& table_;
  const Options* command_ = nullptr;
  std::deque<std::string> texts_;  // one per option, which stay where they are
  std::deque<bool> switches_;
};

}  // namespace airnn
