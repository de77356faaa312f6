// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/cli/options.h"
#include "sw/compiler/interleave_options.h"
#include "sw/format/image_layout.h"

namespace airnn {

/// The options of `airnn compile --scheme interleaved`.
class InterleavingOptions {
 public:
  void add_to(Options& command);
  /// Throws UserError for values that do not exist, and for options that were given although they
  /// have no meaning for this scheme or policy.
  InterleaveOptions read(Scheme scheme) const;

 private:
  Options* command_ = nullptr;
  std::string policy_ = "block";
  std::string blocks_ = "auto";
  std::string grouping_ = "greedy";
  std::string iterations_ = "3";
};

}  // namespace airnn
