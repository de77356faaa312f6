// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "hw/memory/ddr3/ddr3_part.h"
#include "hw/observe/dram/dram_statistics.h"
#include "sw/config/config_tree.h"

namespace airnn {

/// What `airnn dram` found out. All times are tCK.
struct DramTraceResult {
  std::string trace_file;  ///< without folders
  bool complete = true;    ///< false: stopped by the user
  Ddr3Part part;
  ConfigTree memory;  ///< effective configuration
  DramStatistics statistics;
  Cycle cycles = 0;  ///< from 0 to the last completion
  double host_seconds = 0;
  std::uint64_t peak_memory_bytes = 0;
};

/// Bytes that moved over the data bus, per second of simulated time.
double bandwidth_gbs(const DramTraceResult& result);

/// The document of --json (docs/dram_trace.md).
nlohmann::ordered_json dram_trace_json(const DramTraceResult& result);

/// The same for a terminal, in short.
std::string dram_trace_summary(const DramTraceResult& result);

}  // namespace airnn
