// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "sw/cli/options.h"
#include "sw/format/network.h"

namespace airnn {

/// Options that say how a pixel becomes a network input: a file, or the one beside the model, and
/// single numbers on top of it.
class PreprocessOptions {
 public:
  void add_to(Options& app);
  /// Throws UserError for a file or a number that does not fit `channels`.
  Preprocess read(const std::string& model_path, std::int32_t channels) const;
  /// The file that read() takes the rule from; empty if there is none.
  std::string file(const std::string& model_path) const;

 private:
  std::string file_;
  std::string scale_;
  std::string mean_;
  std::string deviation_;
};

}  // namespace airnn
