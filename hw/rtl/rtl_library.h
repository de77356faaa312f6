// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/rtl/airnn_rtl.h"

namespace airnn {

/// A library with a unit in RTL (airnn_rtl.h). It stays loaded until the process ends, as a model
/// may be made of it at any time.
class RtlLibrary {
 public:
  /// Loads the file, and checks that it is a library for the unit. `shown`: what messages call the
  /// file; empty: its path. Throws UserError.
  RtlLibrary(const std::string& path, const std::string& unit, const std::string& shown = "");

  const airnn_rtl_table& table() const { return *table_; }
  /// What messages call the file.
  const std::string& name() const { return name_; }
  /// Throws UserError that begins with the name.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string name_;
  const airnn_rtl_table* table_ = nullptr;
};

}  // namespace airnn
