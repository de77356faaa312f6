// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/interleaving_report.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "sw/console/table.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

template <typename Task>
void for_each_entry(const CompileReport& report, const Task& task) {
  for (std::size_t b = 0; b < static_cast<std::size_t>(report.iterations); ++b) {
    for (const LayerReport& layer : report.layers) {
      if (layer.batches[b].interleaving) {
        task(b + 1, layer.name, *layer.batches[b].interleaving);
      }
    }
  }
}

double speed_up(const InterleaveReport& entry) {
  return static_cast<double>(entry.kernels) / static_cast<double>(entry.groups);
}

std::int64_t table_bytes(const InterleaveReport& entry) {
  return entry.kernel_bytes + entry.group_bytes + entry.block_bytes;
}

}  // namespace

std::string interleaving_table(const CompileReport& report) {
  const bool blocks = report.policy != InterleavePolicy::position;
  Table table({{"batch"},
               {"layer", Table::Align::left},
               {"blocks"},
               {"kernels"},
               {"groups"},
               {"speed-up"},
               {"greedy"},
               {"best"},
               {"at least"},
               {"table bytes"}});
  bool any = false;
  for_each_entry(report, [&](std::size_t batch, const std::string& layer,
                             const InterleaveReport& entry) {
    any = true;
    table.add_row({std::to_string(batch), layer, blocks ? std::to_string(entry.blocks) : "-",
                   grouped(entry.kernels), grouped(entry.groups),
                   fmt::format("{:.2f}", speed_up(entry)), grouped(entry.greedy),
                   grouped(entry.best), grouped(entry.lower_bound), grouped(table_bytes(entry))});
  });
  return any ? table.text() : "";
}

Json interleaving_json(const CompileReport& report, const CompileOptions& options) {
  if (report.scheme != Scheme::interleaved) {
    return {};
  }
  const bool blocks = report.policy != InterleavePolicy::position;
  Json entries = Json::array();
  for_each_entry(report,
                 [&](std::size_t batch, const std::string& layer, const InterleaveReport& entry) {
                   entries.push_back({{"iteration", batch},
                                      {"layer", layer},
                                      {"blocks", blocks ? Json(entry.blocks) : Json()},
                                      {"kernels", entry.kernels},
                                      {"groups", entry.groups},
                                      {"speed_up", speed_up(entry)},
                                      {"greedy", entry.greedy},
                                      {"best", entry.best},
                                      {"lower_bound", entry.lower_bound},
                                      {"table_bytes", table_bytes(entry)}});
                 });
  return {{"policy", to_string(report.policy)},
          {"grouping", options.interleave.grouping == GroupingMethod::greedy ? "greedy" : "best"},
          {"iterations", options.interleave.iterations},
          {"layers", std::move(entries)}};
}

}  // namespace airnn
