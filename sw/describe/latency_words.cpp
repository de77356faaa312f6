// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/latency_words.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sw/console/table.h"

namespace airnn {

nlohmann::ordered_json latency_json(const LatencyHistogram& latency) {
  return {{"min", latency.min()},          {"max", latency.max()},
          {"mean", latency.mean()},        {"p50", latency.percentile(50)},
          {"p95", latency.percentile(95)}, {"p99", latency.percentile(99)}};
}

std::string latency_text(const LatencyHistogram& latency, const char* unit) {
  return fmt::format("{:.2f} {} mean; {} to {}, half up to {}, 95 % up to {}, 99 % up to {}",
                     latency.mean(), unit, count_text(latency.min()), count_text(latency.max()),
                     count_text(latency.percentile(50)), count_text(latency.percentile(95)),
                     count_text(latency.percentile(99)));
}

}  // namespace airnn
