// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/memory/memory_model.h"
#include "sw/config/config_reader.h"
#include "sw/config/parameter.h"

namespace airnn {

/// A kind of memory that a configuration can name.
struct MemoryRow {
  std::string name;  ///< `model` of a file of configs/memory
  /// Reads and checks its keys; throws ConfigError.
  MemoryModel (*read)(const ConfigReader& reader);
  /// The keys that `read` reads, for lists of them and for the page; empty: none beside `model`.
  std::vector<ParameterSection> (*sections)();
  /// Its model has a channel: runs count commands, and its energy may follow from currents, where
  /// that of others follows from words.
  bool has_commands = false;
};
using MemoryTable = std::vector<MemoryRow>;

/// All memories of the project.
const MemoryTable& built_in_memories();

/// Reads and checks a file of configs/memory, or the section `memory` of a run; throws ConfigError.
MemoryModel read_memory_config(const ConfigReader& reader,
                               const MemoryTable& memories = built_in_memories());

/// The keys that such a file may have.
std::vector<ParameterSection> memory_parameters(const MemoryTable& memories = built_in_memories());

/// Names of the memories with commands, for messages: "ddr3".
std::string memories_with_commands(const MemoryTable& memories = built_in_memories());

}  // namespace airnn
