// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/cli/command.h"
#include "sw/cli/interleaving_options.h"
#include "sw/cli/preprocess_options.h"
#include "sw/compiler/compile_options.h"
#include "sw/model/model.h"

namespace airnn {

/// `airnn compile`: turns an ONNX model into a memory image.
class CompileCommand : public Command {
 public:
  CLI::App* add_to(CLI::App& program) override;
  ExitCode run() override;

 private:
  void add_clustering_options();
  void check_outputs() const;
  /// Options that need no look at the model.
  CompileOptions options() const;
  std::vector<std::vector<float>> calibration(const Network& network) const;

  CLI::App* app_ = nullptr;
  std::string model_;
  std::string output_;
  std::string json_;
  std::string clusters_ = "elbow";
  std::string scheme_ = "iterative";
  std::string order_ = "maxmin";
  std::string init_ = "optimal";
  std::string seed_ = "1";
  std::string precision_ = "32";
  std::string index_width_ = "auto";
  std::string always_loaded_ = "none";
  std::string calibrate_;
  std::string calibrate_count_ = "256";
  std::string jobs_;
  bool quiet_ = false;
  PreprocessOptions preprocess_;
  InterleavingOptions interleaving_;
};

}  // namespace airnn
