// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sw/compiler/compile_request.h"
#include "sw/config/allowed_values.h"
#include "sw/config/config_reader.h"

namespace airnn {

/// What of an image an option decides on, for the names of steps that are equal.
enum class OptionRole : std::uint8_t {
  clustering,  ///< the numbers in the image
  scheme,      ///< how they lie in it
  file,        ///< the file's content decides, not its name
};

/// An option of `airnn compile` (--clusters) and key of an experiment (compile.clusters), and the
/// field of CompileRequest that it sets. Command line, help, completion, manual, checks, messages
/// and keys of experiments are made of it.
struct CompileOption {
  /// Sets the field to what the text says. Throws UserError "--clusters: ...".
  using Store = std::function<void(const CompileOption&, const std::string& text, CompileRequest&)>;
  /// What the field holds, as a text that `store` takes.
  using Show = std::function<std::string(const CompileRequest&)>;

  std::string name;         ///< "clusters"
  std::string heading;      ///< that the help shows it under
  std::string placeholder;  ///< of its value in the help, "N"; empty for a flag
  std::string sentence;
  AllowedValues values;
  Store store;
  Show show;
  OptionRole role = OptionRole::clustering;
  /// Whether it has a meaning, by the options before it; absent: always.
  std::function<bool(const CompileRequest&)> applies = {};
  /// Why it may not be given where it has none; absent: it may.
  std::function<std::string(const CompileRequest&)> refusal = {};

  /// As users type it, "--clusters".
  std::string flag() const { return "--" + name; }
  bool is_switch() const { return std::holds_alternative<FlagValues>(values); }
  /// What the field holds if nobody gives the option; empty: nothing.
  std::string fallback() const { return show(CompileRequest()); }
};

using CompileOptionTable = std::vector<CompileOption>;

/// All options, in the order of the help, in which they also take effect.
const CompileOptionTable& compile_options();

/// An option by name and what is written behind it; "true" or "false" behind a switch.
struct CompileSetting {
  std::string name;  ///< "clusters"
  std::string value;
};

/// Throws UserError for an option that does not exist, with the nearest name, for a value that is
/// none of its own, and for an option that has no meaning beside the others.
CompileRequest compile_request(const std::vector<CompileSetting>& settings,
                               const CompileOptionTable& table = compile_options());

/// Names of those of the settings that compile_request() refuses beside the others, whatever their
/// values are.
std::vector<std::string> refused_options(const std::vector<CompileSetting>& settings,
                                         const CompileOptionTable& table = compile_options());

/// Why there is no option of this name, with the nearest one; empty if there is one.
std::string unknown_option(const std::string& name,
                           const CompileOptionTable& table = compile_options());

/// The option as a user types it, after a space: " --clusters 10"; nothing for a switch that is
/// off.
std::string typed_option(const CompileSetting& setting,
                         const CompileOptionTable& table = compile_options());

/// What the options of a role come to, with all defaults and without those that have no meaning:
/// equal for requests that mean the same, however they were written.
std::string request_text(const CompileRequest& request, OptionRole role,
                         const CompileOptionTable& table = compile_options());

}  // namespace airnn
