// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/config/config_node.h"
#include "sw/config/config_reader.h"

namespace airnn {

/// A value that is set over what the files say.
struct ConfigAssignment {
  std::string text;         ///< "accelerator.lanes=8"
  ConfigPosition position;  ///< where it was written; by default the option --set
};

/// A configuration put together from its files and the command line, before anybody reads it.
///
/// The values of `composed` top-level keys may stand in files of their own: either
/// `accelerator: ../accelerator/default.yaml`, relative to the file that says so, or
/// `accelerator: {file: ../accelerator/default.yaml, lanes: 8}` with single keys overridden.
/// Every node keeps the file and line it was written in.
class ConfigDocument {
 public:
  /// Throws ConfigError for a file that is missing, malformed or no mapping.
  static ConfigDocument load(const std::string& path, std::vector<std::string> composed = {});
  /// The same from memory; `origin` stands in messages, and files are relative to its folder.
  static ConfigDocument from_text(const std::string& text, const std::string& origin,
                                  std::vector<std::string> composed = {});

  /// One `--set` of the command line: "accelerator.lanes=8", "energy=../energy/ddr3.yaml" (a file
  /// is relative to the current folder), "layers.0.z=2" (element 0 of a list); the name behind
  /// "layers." goes up to the last dot. The value is a scalar or a list, as YAML writes it. Whether
  /// the key exists is known once the document is read.
  void set(const std::string& assignment) { set(ConfigAssignment{assignment, {}}); }
  /// The same, written in a file: messages name its line, and files are relative to its folder.
  void set(const ConfigAssignment& assignment);

  /// Begins to read. The reader does not depend on the document's life or later changes.
  ConfigReader reader() const;

 private:
  ConfigDocument(ConfigNode root, std::vector<std::string> composed);
  void compose(ConfigEntry& entry) const;

  ConfigNode root_;
  std::vector<std::string> composed_;
};

}  // namespace airnn
