// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/compile_result.h"

#include <fmt/format.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "sw/console/table.h"
#include "sw/describe/batch_summary.h"
#include "sw/describe/interleaving_report.h"
#include "sw/describe/line_report.h"
#include "sw/describe/network_json.h"
#include "sw/describe/network_words.h"
#include "sw/version/version.h"

namespace airnn {

using Json = nlohmann::ordered_json;

namespace {

const char* order_name(BatchOrder order) {
  switch (order) {
    case BatchOrder::maxmin:
      return "maxmin";
    case BatchOrder::signed_means:
      return "signed";
    case BatchOrder::magnitude:
      return "magnitude";
  }
  return "unknown";
}

const char* init_name(InitMethod init) {
  switch (init) {
    case InitMethod::optimal:
      return "optimal";
    case InitMethod::linear:
      return "linear";
    case InitMethod::random:
      return "random";
  }
  return "unknown";
}

std::string clusters_text(const LayerReport& report) {
  if (report.always_loaded) {
    return "always loaded";
  }
  return std::to_string(report.clusters.size());
}

std::string layer_table(const CompiledModel& compiled) {
  const bool clustered = compiled.report.scheme != Scheme::base;
  std::vector<Table::Column> columns{{"layer", Table::Align::left},
                                     {"kind", Table::Align::left},
                                     {"kernels"},
                                     {"columns"},
                                     {"weights"},
                                     {"zeros"},
                                     {"weight format"},
                                     {"output format"}};
  if (clustered) {
    columns.insert(columns.end(), {{"K"}, {"elbow"}, {"WCSS"}});
  }
  Table table(columns);
  std::size_t weighted = 0;
  for (const Layer& layer : compiled.image.network().layers) {
    std::vector<std::string> cells{layer.name, to_string(layer.kind)};
    if (!layer.has_weights()) {
      cells.insert(cells.end(), {"", "", "", "", "", format_text(layer.output_format)});
      table.add_row(cells);
      continue;
    }
    const LayerReport& report = compiled.report.layers[weighted++];
    cells.insert(cells.end(), {grouped(layer.kernels), grouped(layer.columns),
                               grouped(layer.weights), grouped(layer.zeros),
                               format_text(layer.weight_format), format_text(layer.output_format)});
    if (clustered) {
      cells.push_back(clusters_text(report));
      cells.push_back(report.elbow > 0 ? std::to_string(report.elbow) : "");
      cells.push_back(report.clusters.empty() ? "" : fmt::format("{:.4g}", report.squares));
    }
    table.add_row(cells);
  }
  return table.text();
}

Json clusters_json(const LayerReport& report) {
  Json clusters = Json::array();
  for (const Cluster& cluster : report.clusters) {
    clusters.push_back({{"lowest", cluster.lowest},
                        {"highest", cluster.highest},
                        {"mean", cluster.mean},
                        {"weights", cluster.weights},
                        {"wcss", cluster.squares}});
  }
  return clusters;
}

Json renamed_json(const CompileReport& report) {
  Json list = Json::array();
  for (const RenamedLayer& layer : report.renamed) {
    list.push_back({{"from", layer.from}, {"to", layer.to}, {"reason", layer.reason}});
  }
  return list;
}

Json layers_json(const CompiledModel& compiled) {
  const Network& network = compiled.image.network();
  Json layers = Json::array();
  std::size_t weighted = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    Json layer = layer_json(network, i);
    if (network.layers[i].has_weights()) {
      const LayerReport& report = compiled.report.layers[weighted++];
      layer["always_loaded"] = report.always_loaded;
      layer["wcss"] = report.clusters.empty() ? Json() : Json(report.squares);
      layer["cluster_values"] = clusters_json(report);
      layer["elbow"] = report.elbow > 0 ? Json(report.elbow) : Json();
      layer["elbow_curve"] = report.curve;
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace

std::string compile_text(const CompiledModel& compiled) {
  const CompileReport& report = compiled.report;
  std::string text =
      fmt::format("{} -> {}\nscheme {}, {} bit values", compiled.model_file, compiled.image_file,
                  to_string(report.scheme), 8 * report.widths.value_bytes);
  if (report.is_sparse) {
    text += fmt::format(", without zeros, {} bit indices", 8 * report.widths.index_bytes);
  } else if (report.scheme != Scheme::base) {
    text += fmt::format(", {} bit indices, {} iterations", 8 * report.widths.index_bytes,
                        report.iterations);
  }
  if (report.scheme == Scheme::interleaved) {
    text += fmt::format(", policy {}", to_string(report.policy));
  }
  if (report.network_elbow > 0) {
    text += fmt::format(", elbow of the network at K = {}", report.network_elbow);
  }
  text += "\n";
  for (const RenamedLayer& layer : report.renamed) {
    text += fmt::format("layer '{}' is called '{}': {}\n", layer.from, layer.to, layer.reason);
  }
  const std::string interleaving = interleaving_table(report);
  const std::string lines = lines_table(report, compiled.image);
  return text + "\n" + layer_table(compiled) + "\n" +
         batch_table(summarise(report, compiled.image.network())) +
         (interleaving.empty() ? "" : "\n" + interleaving) + (lines.empty() ? "" : "\n" + lines) +
         fmt::format("\n{} weights, {} bytes, checksum {:08x}\n", grouped(report.weights),
                     grouped(static_cast<long long>(compiled.image.bytes().size)),
                     compiled.image.checksum());
}

Json compile_json(const CompiledModel& compiled) {
  const CompileReport& report = compiled.report;
  Json batches = Json::array();
  for (const BatchSummary& batch : summarise(report, compiled.image.network())) {
    batches.push_back(batch_json(batch));
  }
  const bool elbow = report.network_elbow > 0;
  const bool clustered = report.scheme != Scheme::base;
  Json json = {
      {"schema", "airnn-compile-1"},
      {"version", program_version()},
      {"model", compiled.model_file},
      {"file", compiled.image_file},
      {"bytes", compiled.image.bytes().size},
      {"checksum", fmt::format("{:08x}", compiled.image.checksum())},
      {"scheme", to_string(report.scheme)},
      {"iterations", report.iterations},
      {"precision", 8 * report.widths.value_bytes},
      {"index_width", clustered || report.is_sparse ? Json(8 * report.widths.index_bytes) : Json()},
      {"batch_order", clustered ? Json(order_name(compiled.options.order)) : Json()},
      {"init", clustered ? Json(init_name(compiled.options.init)) : Json()},
      {"seed", compiled.options.init == InitMethod::random ? Json(compiled.options.seed) : Json()},
      {"weights", report.weights},
      {"cumulative_fraction", report.cumulative_fraction},
      {"network_elbow", elbow ? Json(report.network_elbow) : Json()},
      {"elbow_curve", report.average_curve},
      {"network", network_json(compiled.image.network())},
      {"layers", layers_json(compiled)},
      {"renamed_layers", renamed_json(report)},
      {"batches", std::move(batches)},
      {"interleaving", interleaving_json(report, compiled.options)}};
  if (report.is_sparse) {
    json["sparse"] = true;
  }
  if (compiled.image.has_lines()) {
    json["lines"] = lines_json(report, compiled.image);
  }
  return json;
}

}  // namespace airnn
