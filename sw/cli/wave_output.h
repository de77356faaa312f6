// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/sim/wave_attachment.h"
#include "sw/cli/options.h"

namespace airnn {

/// The waveform of `airnn simulate`: its options, and the conversion of a file named .fst.
class WaveOutput {
 public:
  void add_to(Options& app);

  /// What the simulation is to write; throws UserError before anything is written.
  WaveOptions options(unsigned jobs) const;
  /// The simulation ended: makes a .fst file of what it wrote. Throws UserError if that fails; what
  /// was written stays then.
  void finish() const;

  bool is_wanted() const { return !file_.empty(); }
  const std::string& file() const { return file_; }

 private:
  void check_file() const;
  bool is_fst() const;
  /// What the simulation writes.
  std::string vcd_file() const;

  std::string file_;
  std::string from_;
  std::string to_;
  std::vector<std::string> scopes_;
};

}  // namespace airnn
