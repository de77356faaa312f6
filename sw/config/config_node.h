// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace airnn {

/// Where something was written: a line of a file, or an option of the command line (line 0).
struct ConfigPosition {
  std::string origin;
  int line = 0;

  /// "configs/run/default.yaml:7" or "--set accelerator.lanes".
  std::string text() const;
};

struct ConfigEntry;

/// One node of a configuration as it was written, each with its own position; what it should have
/// been is decided by whoever reads it (ConfigReader).
struct ConfigNode {
  enum class Kind { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  ConfigPosition position;
  std::string scalar;
  bool quoted = false;  ///< a quoted scalar is a text, even if it looks like a number
  std::vector<ConfigNode> items;
  std::vector<ConfigEntry> entries;  ///< in the order of the file, keys are unique

  /// Null if this is no mapping or has no such key.
  const ConfigEntry* find(const std::string& key) const;
  ConfigEntry* find(const std::string& key);
  /// For messages: "'abc'", "nothing", "a list" or "a mapping".
  std::string description() const;
};

struct ConfigEntry {
  std::string key;
  ConfigPosition position;
  ConfigNode value;
};

/// `text` between quotes, fit for a message: cut if long, without control characters.
std::string quoted(const std::string& text);

}  // namespace airnn
