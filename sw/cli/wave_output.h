// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/sim/wave_attachment.h"
#include "sw/cli/options.h"

namespace airnn {

/// The waveform of `airnn simulate`: its options.
class WaveOutput {
 public:
  void add_to(Options& app);

  /// What the simulation is to write; throws UserError before anything is written.
  WaveOptions options(unsigned jobs) const;
  bool is_wanted() const { return !file_.empty(); }
  const std::string& file() const { return file_; }

 private:
  void check_file() const;

  std::string file_;
  std::string from_;
  std::string to_;
  std::vector<std::string> scopes_;
};

}  // namespace airnn
