// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "sw/compiler/compile_options.h"
#include "sw/compiler/compile_report.h"

namespace airnn {

/// Kernels before and groups after interleaving, and how near the groups are to the fewest
/// possible: a line per batch and layer (Tables V and VI). Empty without interleaved layers.
std::string interleaving_table(const CompileReport& report);

/// The same with the options; null for other schemes.
nlohmann::ordered_json interleaving_json(const CompileReport& report,
                                         const CompileOptions& options);

}  // namespace airnn
