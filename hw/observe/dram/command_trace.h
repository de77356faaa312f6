// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/memory/ddr3/dram_events.h"
#include "sw/format/output_file.h"

namespace airnn {

/// Writes every command of a channel as a line of CSV: tCK,command,rank,bank,row,column. What a
/// command does not have stays empty: a whole rank has no bank, ACT no column, PRE neither row nor
/// column.
class CommandTrace final : public DramListener {
 public:
  /// Throws UserError if `path` cannot be created; so do the others if it cannot be written.
  explicit CommandTrace(const std::string& path);

  void issued(const CommandIssued& event) override;
  void served(const RequestServed&) override {}

  /// Everything is told. Without this call there will be no file.
  void commit();

 private:
  char* put_cycle(char* to, Cycle cycle);
  void flush();

  OutputFile file_;
  std::string buffer_;
  std::size_t used_ = 0;
  Cycle leading_ = 0;  ///< the last cycle without its last four digits
  char leading_digits_[20] = {};
  std::size_t leading_size_ = 0;
};

}  // namespace airnn
