// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sw/format/errors.h"
#include "sw/rtl/temporary_folder.h"

namespace airnn {

/// A tool does not like what it was given.
class ToolError : public UserError {
 public:
  ToolError(const std::string& what, std::string output)
      : UserError(what), output_(std::move(output)) {}

  /// All that it printed.
  const std::string& output() const { return output_; }

 private:
  std::string output_;
};

struct RtlBuildRequest {
  std::vector<std::string> sources;     ///< files of SystemVerilog
  std::string unit;                     ///< whose pins the top module has: "addresses"
  std::string top;                      ///< the top module
  std::vector<std::string> parameters;  ///< of the top module, "LANES=8"
  bool has_assertions = true;
  std::string plugin_folder;  ///< that with airnn_rtl.h and airnn_rtl_plugin.cpp
};

/// Makes a library of SystemVerilog (airnn_rtl.h): Verilator translates it, g++ compiles what comes
/// of it. Both are taken from the PATH.
class RtlBuild {
 public:
  /// Does it all. Throws UserError, which is a ToolError if a tool said it.
  explicit RtlBuild(const RtlBuildRequest& request);

  /// The library, as long as the object lives.
  std::string library() const { return folder_.file("library.so"); }
  /// What Verilator warned of; empty: nothing.
  const std::string& warnings() const { return warnings_; }

 private:
  void translate();
  void write_pins() const;
  void compile() const;

  const RtlBuildRequest& request_;
  TemporaryFolder folder_;
  std::string warnings_;
};

}  // namespace airnn
