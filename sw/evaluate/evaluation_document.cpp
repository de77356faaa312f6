// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/evaluation_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

#include "sw/data/data_file.h"
#include "sw/evaluate/comparison.h"
#include "sw/evaluate/configuration_table.h"
#include "sw/evaluate/document_table.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/plots.h"
#include "sw/evaluate/point_labels.h"
#include "sw/evaluate/point_measures.h"
#include "sw/evaluate/point_tables.h"
#include "sw/evaluate/progress.h"
#include "sw/evaluate/search_tables.h"
#include "sw/evaluate/words.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// A name of a file as the id of a section.
std::string anchor_of(const std::string& name) {
  std::string anchor = name;
  for (char& c : anchor) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    c = plain || c == '_' ? c : '-';
  }
  return anchor;
}

/// What a search found goes before all else.
void add_search(const Plan& plan, const std::vector<PointMeasures>& points,
                const std::string& folder, Json& section) {
  const SearchOutcome outcome = outcome_of(plan, points);
  Json tables = Json::array();
  for (Json& table : search_tables(plan, outcome, folder)) {
    tables.push_back(std::move(table));
  }
  for (Json& table : section.at("tables")) {
    tables.push_back(std::move(table));
  }
  section.at("tables") = std::move(tables);
  for (const Json& plot : search_plots(plan, outcome)) {
    section.at("plots").push_back(plot);
  }
}

Json section_json(const Experiment& experiment, const MeasuredPoints& points) {
  Json tables = Json::array();
  for (Json& table : comparison_tables(experiment, points)) {
    tables.push_back(std::move(table));
  }
  if (!points.empty()) {
    tables.push_back(all_points_table(points));
  }
  if (Json iterations = all_iterations_table(points); !iterations.is_null()) {
    tables.push_back(std::move(iterations));
  }
  Json plots = Json::array();
  for (const PlotSpec& plot : experiment.plots) {
    plots.push_back(plot_json(plot, experiment, points));
  }
  return {{"id", anchor_of(experiment.id)}, {"title", experiment.title},
          {"source", experiment.source},    {"text", experiment.text},
          {"tables", std::move(tables)},    {"plots", std::move(plots)}};
}

std::string networks_headline(const Plan& plan) {
  std::int64_t inputs = 0;
  for (const PlannedNetwork& network : plan.networks) {
    inputs += network.inputs;
  }
  if (plan.networks.empty()) {
    return "No network was asked for.";
  }
  const std::string networks = count_words(plan.networks.size(), "network", "networks");
  return inputs == 0 ? networks + ", and no inputs."
                     : networks + " and " +
                           count_words(static_cast<std::size_t>(inputs), "input", "inputs") +
                           (plan.networks.size() > 1 ? " in all." : ".");
}

std::string commands_headline(const std::vector<PointMeasures>& points) {
  const auto done = std::count_if(points.begin(), points.end(), is_done);
  return fmt::format("{} of {} done; each row has the commands that give the same.", done,
                     count_words(points.size(), "point is", "points are"));
}

Json networks_table(const Plan& plan) {
  DocumentTable table("Networks and inputs", "Keys name contents: equal key, equal bytes.");
  table.headline(networks_headline(plan));
  table.text("network").text("model").text("key of the model").text("inputs").text("their key");
  table.text("labels").text("labels' key").number("count", 0);
  for (const PlannedNetwork& network : plan.networks) {
    table.add_row({network.name, network.model, network.model_key, network.images,
                   network.images_key, network.labels, network.labels_key, network.inputs});
  }
  return table.json();
}

Json commands_table(const Plan& plan, const std::vector<PointMeasures>& points) {
  DocumentTable table("Every point",
                      "Data sets and configuration files are named without their folders.");
  const std::vector<std::string> names = names_of(plan, points, false);
  table.headline(commands_headline(points)).detail();
  table.number("number", 0).text("experiment").text("point").text("status").text("commands");
  table.text("image's checksum").text("key");
  for (std::size_t i = 0; i < points.size(); ++i) {
    const PlannedPoint& point = plan.points[i];
    table.add_row({i, plan.experiment_of(point).id, names[i], status_of(points[i]),
                   fmt::format("{}", fmt::join(point.commands, "; ")),
                   points[i].image ? points[i].image->checksum : "",
                   point.run_key.empty() ? point.image_key : point.run_key});
  }
  return table.json();
}

/// The configuration of the first point of each run file.
void add_configurations(const Plan& plan, const std::vector<PointMeasures>& points,
                        const std::string& folder, Json& tables) {
  const std::vector<std::string> names = names_of(plan, points, true);
  std::set<std::string> shown;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string name = name_of(plan.points[i].settings, "run");
    if (!points[i].run || !shown.insert(name).second) {
      continue;
    }
    const std::string path = run_results_file(folder, plan.points[i].run_key);
    tables.push_back(
        configuration_table(StoredRun::parse(read_text(path), path).config,
                            fmt::format("Configuration of {}, run {}", names[i], name)));
  }
}

Json failures_table(const Plan& plan, const std::vector<PointMeasures>& points) {
  DocumentTable table("Points that failed");
  const std::vector<std::string> names = names_of(plan, points, false);
  std::vector<std::string> failed;
  table.number("number", 0).text("experiment").text("point").text("message");
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!points[i].failure.empty()) {
      failed.push_back(names[i]);
      table.add_row({i, plan.experiment_of(plan.points[i]).id, names[i], points[i].failure});
    }
  }
  table.headline(fmt::format("{} of {} failed: {}.", failed.size(),
                             count_words(points.size(), "point", "points"), list_words(failed)));
  return table.empty() ? Json() : table.json();
}

Json run_section(const Plan& plan, const std::vector<PointMeasures>& points,
                 const std::string& folder) {
  Json tables = Json::array();
  if (Json failures = failures_table(plan, points); !failures.is_null()) {
    tables.push_back(std::move(failures));
  }
  tables.push_back(networks_table(plan));
  tables.push_back(commands_table(plan, points));
  add_configurations(plan, points, folder, tables);
  return {{"id", "what-was-run"},
          {"title", "What was run"},
          {"source", ""},
          {"text", "airnn " + plan.version},
          {"tables", std::move(tables)},
          {"plots", Json::array()}};
}

}  // namespace

void write_evaluation(const Plan& plan, const std::string& folder) {
  const std::vector<PointMeasures> points = measure_points(plan, folder);
  Json sections = Json::array();
  for (std::size_t e = 0; e < plan.experiments.size(); ++e) {
    sections.push_back(section_json(plan.experiments[e], points_of(e, points)));
    if (plan.experiments[e].search) {
      add_search(plan, points, folder, sections.back());
    }
  }
  sections.push_back(run_section(plan, points, folder));
  const Json json = {{"schema", "airnn-evaluation-1"},
                     {"version", plan.version},
                     {"title", plan.title},
                     {"text", plan.text},
                     {"progress", progress_json(plan, points)},
                     {"sections", std::move(sections)}};
  write_file(points_file(folder), points_csv(plan, points));
  write_file(evaluation_file(folder),
             json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace airnn
