// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/sim/run_tables.h"
#include "sw/results/run_files.h"

namespace airnn {

/// Prices the counts of a run by another energy table: what a simulation with that table would have
/// written, but for `host`. `folder` stands in messages before the names of the files. Throws
/// UserError for files that are no results of one run, and ConfigError for a table that is wrong or
/// does not fit the machine, whose memory is one of `tables`.
RunFiles reprice(const RunFiles& files, const std::string& folder, const std::string& table_path,
                 const RunTables& tables = built_in_tables());

}  // namespace airnn
