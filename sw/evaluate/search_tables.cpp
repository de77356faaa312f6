// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/search_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "sw/data/data_file.h"
#include "sw/evaluate/document_table.h"
#include "sw/evaluate/evaluation_layout.h"
#include "sw/evaluate/plot_document.h"
#include "sw/evaluate/shell_word.h"
#include "sw/evaluate/words.h"
#include "sw/results/stored_run.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

const SearchSpec& search_of(const Plan& plan) {
  return *plan.experiments.front().search;
}

const PlannedNetwork* network_of(const Plan& plan, const std::string& name) {
  const auto found =
      std::find_if(plan.networks.begin(), plan.networks.end(),
                   [&](const PlannedNetwork& network) { return network.name == name; });
  return found == plan.networks.end() ? nullptr : &*found;
}

std::string inputs_words(const PlannedNetwork& network) {
  return fmt::format("inputs {} to {}", network.first, network.first + network.inputs - 1);
}

/// Decimals that tell shares of many inputs apart.
int decimals_of(Metric metric) {
  const MetricRange range = range_of(metric);
  return range.most ? 4 : -1;
}

/// Axes that have something to choose.
std::vector<const SearchAxis*> open_axes(const SearchSpec& search) {
  std::vector<const SearchAxis*> axes;
  for (const SearchAxis& axis : search.space) {
    if (axis.choices.size() > 1) {
      axes.push_back(&axis);
    }
  }
  return axes;
}

/// What a point has on an axis; "-" if it has no meaning beside the others.
std::string choice_of(const SearchAxis& axis, const Settings& settings) {
  std::string name = "-";
  std::size_t most = 0;
  for (const SearchChoice& choice : axis.choices) {
    // Of choices that set parts of one another, the largest.
    if (choice.settings.size() > most && matches(settings, choice.settings)) {
      name = choice.name;
      most = choice.settings.size();
    }
  }
  return name;
}

void add_objective_columns(const SearchSpec& search, const std::string& suffix,
                           DocumentTable& table) {
  for (const SearchObjective& objective : search.objectives) {
    table.number(words_of(objective.metric) + suffix, decimals_of(objective.metric),
                 unit_of(objective.metric));
  }
}

void add_objectives(const SearchSpec& search, const PointMeasures* point, std::vector<Json>& row) {
  for (const SearchObjective& objective : search.objectives) {
    row.push_back(
        cell(point == nullptr ? std::nullopt : point->value(objective.metric, Accounting::all)));
  }
}

std::string front_headline(const SearchOutcome& outcome) {
  const std::string measured =
      count_words(outcome.points.size(), "point was measured", "points were measured");
  return outcome.front.empty()
             ? measured + ", and none of them keeps all constraints."
             : fmt::format("{}; no point dominates {} of them.", measured, outcome.front.size());
}

Json front_table(const Plan& plan, const SearchOutcome& outcome) {
  const SearchSpec& search = search_of(plan);
  const bool confirms = !search.confirming_network.empty();
  DocumentTable table("Front", search_inputs_text(plan) +
                                   " Rows named base are the base accelerator under the "
                                   "conditions of points.");
  table.headline(front_headline(outcome)).text("point");
  const std::vector<const SearchAxis*> axes = open_axes(search);
  for (const SearchAxis* axis : axes) {
    table.text(key_words(axis->name));
  }
  add_objective_columns(search, "", table);
  table.number("accuracy lost against base", 4, "share of all inputs");
  if (confirms) {
    add_objective_columns(search, ", confirmed", table);
    table.number("accuracy lost against base, confirmed", 4, "share of all inputs");
  }
  const auto add = [&](const std::string& name, const PointMeasures& judged,
                       const PointMeasures* confirmed, bool is_base) {
    std::vector<Json> row{name};
    for (const SearchAxis* axis : axes) {
      row.emplace_back(choice_of(*axis, judged.point->settings));
    }
    add_objectives(search, &judged, row);
    row.push_back(cell(is_base ? std::nullopt : accuracy_loss(judged)));
    if (confirms) {
      add_objectives(search, confirmed, row);
      row.push_back(
          cell(is_base || confirmed == nullptr ? std::nullopt : accuracy_loss(*confirmed)));
    }
    table.add_row(std::move(row));
  };
  for (std::size_t i = 0; i < outcome.front.size(); ++i) {
    add(std::to_string(i + 1), *outcome.front[i], outcome.confirmed[i], false);
  }
  for (std::size_t i = 0; i < outcome.bases.size(); ++i) {
    add("base", *outcome.bases[i], outcome.confirmed_bases[i], true);
  }
  return table.json();
}

/// Compilation, run file and simulation.
std::string commands_of(const Plan& plan, const PointMeasures& point, std::size_t number,
                        const std::string& folder) {
  const PlannedPoint& planned = *point.point;
  const PlannedNetwork* network = network_of(plan, search_of(plan).network);
  if (planned.commands.empty() || network == nullptr) {
    return "";
  }
  const std::string path = run_results_file(folder, planned.run_key);
  const Json config = StoredRun::parse(read_text(path), path).config;
  const std::string file = fmt::format("front-{}.yaml", number);
  std::vector<std::string> commands(planned.commands.begin(), planned.commands.end() - 1);
  commands.push_back(
      fmt::format("echo {} > {}",
                  shell_word(config.dump(-1, ' ', false, Json::error_handler_t::replace)), file));
  commands.push_back(fmt::format(
      "airnn simulate {}.airnn --run {} --images {}{}{}", network->name, file, network->images,
      network->labels.empty() ? "" : " --labels " + network->labels, typed_inputs(*network)));
  return fmt::format("{}", fmt::join(commands, "; "));
}

Json settings_table(const Plan& plan, const SearchOutcome& outcome, const std::string& folder) {
  DocumentTable table("Settings of the front",
                      "Each row compiles the image, writes the run file and simulates the inputs "
                      "that judged. Data sets and models are named without their folders.");
  table.headline("Each point of the front, to be pasted into a shell.");
  table.text("point").text("commands");
  for (std::size_t i = 0; i < outcome.front.size(); ++i) {
    table.add_row({std::to_string(i + 1), commands_of(plan, *outcome.front[i], i + 1, folder)});
  }
  return table.json();
}

Json history_table(const SearchOutcome& outcome) {
  DocumentTable table("Generations",
                      "Numbers are of a generation and all before it. The hypervolume is what the "
                      "front dominates of the box between the best and the worst values that a "
                      "point of the search has which keeps all constraints.");
  table.headline(
      fmt::format("{} with new points; the front dominates {} of the box in the end.",
                  count_words(outcome.rounds.size(), "generation", "generations"),
                  percent_words(outcome.rounds.empty() ? 0 : outcome.rounds.back().hypervolume)));
  table.number("generation", 0).number("points measured", 0).number("keep all constraints", 0);
  table.number("on the front", 0).number("hypervolume", 4, "share of the box");
  for (const SearchRound& round : outcome.rounds) {
    table.add_row({round.generation, round.measured, round.kept, round.front, round.hypervolume});
  }
  return table.json();
}

Json others_table(const Plan& plan, const SearchOutcome& outcome) {
  const SearchSpec& search = search_of(plan);
  DocumentTable table("Points that are not on the front");
  const std::vector<const SearchAxis*> axes = open_axes(search);
  table.headline(fmt::format(
      "{} not on the front.",
      count_words(outcome.points.size() - outcome.front.size(), "point is", "points are")));
  table.detail().text("standing").number("generation", 0);
  for (const SearchAxis* axis : axes) {
    table.text(key_words(axis->name));
  }
  add_objective_columns(search, "", table);
  for (std::size_t i = 0; i < outcome.points.size(); ++i) {
    if (outcome.standings[i] == SearchStanding::front) {
      continue;
    }
    const PointMeasures& point = *outcome.points[i];
    std::vector<Json> row{words_of(outcome.standings[i]), point.point->generation};
    for (const SearchAxis* axis : axes) {
      row.emplace_back(choice_of(*axis, point.point->settings));
    }
    add_objectives(search, &point, row);
    table.add_row(std::move(row));
  }
  return table.json();
}

}  // namespace

std::string search_inputs_text(const Plan& plan) {
  const SearchSpec& search = search_of(plan);
  const PlannedNetwork* judging = network_of(plan, search.network);
  const PlannedNetwork* confirming = network_of(plan, search.confirming_network);
  if (judging == nullptr) {
    return "";
  }
  const std::string judged = "Points are judged on " + inputs_words(*judging);
  if (confirming == nullptr) {
    return judged +
           ". The search is judged and reported on the same inputs, so that the front owes some of "
           "its numbers to chance.";
  }
  const std::int64_t common =
      std::min(judging->first + judging->inputs, confirming->first + confirming->inputs) -
      std::max(judging->first, confirming->first);
  return fmt::format("{}, and the front is confirmed on {}{}.", judged, inputs_words(*confirming),
                     common > 0 ? fmt::format(", {} of which judged, too", common) : "");
}

std::vector<Json> search_tables(const Plan& plan, const SearchOutcome& outcome,
                                const std::string& folder) {
  return {front_table(plan, outcome), settings_table(plan, outcome, folder), history_table(outcome),
          others_table(plan, outcome)};
}

std::vector<Json> search_plots(const Plan& plan, const SearchOutcome& outcome) {
  const SearchSpec& search = search_of(plan);
  const Metric up = search.objectives[0].metric;
  const Metric across = search.objectives[1].metric;
  const auto series = [&](const char* label, const char* role, const MeasuredPoints& points,
                          bool is_numbered) {
    Json data = Json::array();
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto x =
          points[i] == nullptr ? std::nullopt : points[i]->value(across, Accounting::all);
      const auto y = points[i] == nullptr ? std::nullopt : points[i]->value(up, Accounting::all);
      if (x && y) {
        data.push_back(
            {{"x", *x}, {"y", *y}, {"note", is_numbered ? "point " + std::to_string(i + 1) : ""}});
      }
    }
    return series_json(label, role, std::move(data));
  };
  const auto of_standing = [&](SearchStanding standing) {
    MeasuredPoints points;
    for (std::size_t i = 0; i < outcome.points.size(); ++i) {
      if (outcome.standings[i] == standing) {
        points.push_back(outcome.points[i]);
      }
    }
    return points;
  };
  Json all = Json::array();
  all.push_back(series("dominated", "ours", of_standing(SearchStanding::dominated), false));
  all.push_back(
      series("violates a constraint", "ours", of_standing(SearchStanding::violating), false));
  all.push_back(series("front", "ours", outcome.front, true));
  all.push_back(series("front, confirmed", "ours", outcome.confirmed, true));
  all.push_back(series("base", "ours", outcome.bases, false));
  if (search.objectives.size() == 2) {
    all.push_back(series("line of the front", "front", outcome.front, true));
  }
  all.erase(std::remove_if(all.begin(), all.end(),
                           [](const Json& one) { return one.at("points").empty(); }),
            all.end());
  PlotSpec points;
  points.title = "Points by " + std::string(words_of(up)) + " and " + words_of(across);
  PlotSpec history;
  history.title = "Hypervolume by generation";
  Json volumes = Json::array();
  for (const SearchRound& round : outcome.rounds) {
    volumes.push_back({{"x", round.generation}, {"y", round.hypervolume}, {"note", ""}});
  }
  Json line = Json::array({series_json("hypervolume", "ours", std::move(volumes))});
  const Json generations = number_axis("generation", {1, std::nullopt, true});
  return {
      plot_document(points, "scatter", metric_axis(across), metric_axis(up), std::move(all)),
      plot_document(history, "line", generations,
                    number_axis("hypervolume (share of the box)", {0, 1, false}), std::move(line))};
}

}  // namespace airnn
