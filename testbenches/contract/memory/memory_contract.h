// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "testbenches/contract/memory/memory_bench.h"

namespace airnn::test {

/// One clause of what the machine expects of a memory (docs/architecture.md, "Another memory
/// controller").
struct MemoryClause {
  const char* name;
  /// In a process of the simulation; returns what is broken, beside the problems of the bench.
  std::vector<std::string> (*check)(MemoryBench& bench);
};

const std::vector<MemoryClause>& memory_clauses();

}  // namespace airnn::test
