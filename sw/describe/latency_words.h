// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "hw/observe/dram/latency_histogram.h"

namespace airnn {

/// Least, most, mean and percentiles of latencies, in the unit that they were counted in.
nlohmann::ordered_json latency_json(const LatencyHistogram& latency);

/// The same for a terminal: "12.00 tCK mean; 5 to 31, half up to 11, ...".
std::string latency_text(const LatencyHistogram& latency, const char* unit);

}  // namespace airnn
