// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/command.h"
#include "sw/cli/request_options.h"

namespace airnn {

/// `airnn compile`: turns an ONNX model into a memory image.
class CompileCommand : public Command {
 public:
  Options* add_to(Options& program) override;
  ExitCode run() override;

 private:
  void check_outputs() const;

  std::string model_;
  std::string output_;
  std::string json_;
  std::string jobs_;
  bool quiet_ = false;
  RequestOptions request_;
};

}  // namespace airnn
