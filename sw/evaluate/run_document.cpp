// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/run_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "sw/evaluate/configuration_table.h"
#include "sw/evaluate/document_table.h"
#include "sw/evaluate/run_measures.h"
#include "sw/evaluate/run_saturation.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// "lenet5 (iterative) takes 44,264 cycles and 146.6 nJ per input, with an accuracy of 98.9 %."
std::string summary_headline(const StoredRun& stored, const RunMeasures& run) {
  std::string text = stored.network + " (" + stored.scheme + ")";
  if (run.inputs() == 0) {
    return text + " was given no input.";
  }
  text += fmt::format(" takes {} cycles and {} nJ per input",
                      number_words(run.amount_per_input(false, Accounting::all)),
                      number_words(run.amount_per_input(true, Accounting::all) / 1000));
  return run.accuracy() ? text + ", with an accuracy of " + percent_words(*run.accuracy()) + "."
                        : text + ".";
}

/// Where most inputs stop, and how many go on to the end.
std::string iterations_headline(const RunMeasures& run) {
  const std::vector<MeasuredIteration>& all = run.iterations();
  const auto most = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.inputs_stopped < b.inputs_stopped;
  });
  if (most == all.end() || run.inputs() == 0) {
    return "No input was simulated.";
  }
  const std::string share =
      fmt::format("{} of {} stop after iteration {}", number_words(most->inputs_stopped),
                  count_words(static_cast<std::size_t>(run.inputs()), "input", "inputs"),
                  most - all.begin() + 1);
  return all.size() == 1 || most + 1 == all.end()
             ? share + ", the last."
             : fmt::format("{}, {} only after the last, {}.", share,
                           number_words(all.back().inputs_stopped), all.size());
}

/// What readers of a run that ended too early must know before all else; empty if it did not.
std::string notice(const StoredRun& run) {
  return run.inputs_wanted
             ? fmt::format(
                   "Unfinished: {} done, {}. The run was stopped, or something failed.",
                   count_words(static_cast<std::size_t>(run.inputs), "input is", "inputs are"),
                   count_words(static_cast<std::size_t>(*run.inputs_wanted), "was wanted",
                               "were wanted"))
             : "";
}

Json summary_table(const StoredRun& stored, const RunMeasures& run) {
  DocumentTable table("The run");
  table.headline(summary_headline(stored, run));
  table.text("network").text("scheme").text("image's checksum").number("inputs", 0);
  table.number("accuracy", 4).number("iterations per input", 3).number("cycles per input", 0);
  table.number("energy per input", -1, "nJ").number("bytes read", 0);
  table.add_row({stored.network, stored.scheme, stored.image_checksum, stored.inputs,
                 cell(stored.accuracy), stored.mean_iterations, stored.mean_cycles_per_input,
                 run.amount_per_input(true, Accounting::all) / 1000, stored.bytes_read});
  return table.json();
}

Json iterations_table(const RunMeasures& run) {
  DocumentTable table("Iterations", "Cycles and energy are sums over the inputs that ran.");
  table.headline(iterations_headline(run));
  table.number("iteration", 0).number("weights loaded", 4, "share of all");
  table.number("inputs that ran", 0).number("inputs that stopped", 0);
  table.number("accuracy of those that stopped", 4).number("accuracy if all inputs stop here", 4);
  table.number("fetch cycles", 0).number("compute cycles", 0).number("energy", -1, "nJ");
  int number = 0;
  for (const MeasuredIteration& of : run.iterations()) {
    table.add_row({++number, of.fraction_of_weights, of.inputs_run, of.inputs_stopped,
                   cell(of.accuracy_of_stopped), cell(of.accuracy_if_all_stop_here),
                   of.cycles.fetch, of.cycles.compute, of.energy_pj / 1000});
  }
  return table.json();
}

Json series(const std::string& label, Json points) {
  return {{"label", label}, {"role", "ours"}, {"points", std::move(points)}};
}

Json plot(const std::string& title, const char* kind, const std::string& x, const std::string& y,
          bool whole, Json all) {
  return {{"title", title},
          {"kind", kind},
          {"x", {{"label", x}, {"type", "category"}}},
          {"y", {{"label", y}, {"type", "number"}, {"least", 0}, {"whole", whole}}},
          {"series", std::move(all)}};
}

/// A key of results.json: "waiting for input".
std::string words_of_key(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

Json point(const std::string& x, double y) {
  return {{"x", x}, {"y", y}, {"note", ""}};
}

/// Working, waiting and idle cycles of every unit. One that is not observed has a bar of its own
/// kind.
Json units_plot(const StoredRun& stored) {
  const std::vector<std::pair<const char*, std::function<std::uint64_t(const UnitRecord&)>>>
      states = {
          {"working", [](const UnitRecord& unit) { return unit.working; }},
          {"waiting for input", [](const UnitRecord& unit) { return unit.waiting_for_input; }},
          {"waiting for credit", [](const UnitRecord& unit) { return unit.waiting_for_credit; }},
          {"idle", [&](const UnitRecord& unit) { return stored.unit_cycles - unit.busy(); }}};
  const auto is_observed = [](const UnitRecord& unit) { return unit.is_observed; };
  Json all = Json::array();
  for (const auto& [state, cycles_of] : states) {
    Json points = Json::array();
    for (const UnitRecord& unit : stored.units) {
      if (unit.is_observed) {
        points.push_back(point(unit.name, static_cast<double>(cycles_of(unit))));
      }
    }
    all.push_back(series(state, std::move(points)));
  }
  if (!std::all_of(stored.units.begin(), stored.units.end(), is_observed)) {
    Json points = Json::array();
    for (const UnitRecord& unit : stored.units) {
      if (!unit.is_observed) {
        points.push_back(point(unit.name, static_cast<double>(stored.unit_cycles)));
      }
    }
    all.push_back(series(kNotObserved, std::move(points)));
  }
  return plot("Where the cycles go", "stacked_bar", "unit", "time (cycles)", true, std::move(all));
}

Json plots(const StoredRun& stored, const RunMeasures& run) {
  Json stopped = Json::array();
  Json energy = Json::array();
  int number = 0;
  for (const MeasuredIteration& of : run.iterations()) {
    stopped.push_back(point(std::to_string(++number), of.inputs_stopped));
  }
  for (const auto& [component, pj] : run.components()) {
    if (run.inputs() == 0) {
      break;
    }
    energy.push_back(point(words_of_key(component), pj / 1000 / run.inputs()));
  }
  return Json::array({plot("Inputs that stop", "bar", "iteration", "inputs", true,
                           Json::array({series("inputs", std::move(stopped))})),
                      units_plot(stored),
                      plot("Energy by component", "bar", "component", "energy of an input (nJ)",
                           false, Json::array({series("energy", std::move(energy))}))});
}

/// The machine's link, if streams share wires, with what each of these carried.
Json pictures(const StoredRun& stored) {
  if (!stored.link || stored.link->record.wires.empty()) {
    return Json::array();
  }
  const LinkRecord& link = stored.link->record;
  const auto cycles = static_cast<double>(std::max<std::uint64_t>(stored.link->cycles, 1));
  Json nodes = Json::array();
  for (const LinkNode& node : link.nodes) {
    nodes.push_back({{"label", node.name}, {"x", node.x}, {"y", node.y}, {"units", node.units}});
  }
  Json links = Json::array();
  for (const LinkWire& wire : link.wires) {
    links.push_back({{"label", wire.name},
                     {"from", wire.from},
                     {"to", wire.to},
                     {"from_units", wire.from_units},
                     {"to_units", wire.to_units},
                     {"share", static_cast<double>(wire.load.busy) / cycles},
                     {"amount", wire.load.flits}});
  }
  const LinkWire& busiest =
      *std::max_element(link.wires.begin(), link.wires.end(),
                        [](const auto& a, const auto& b) { return a.load.busy < b.load.busy; });
  return Json::array(
      {{{"title", "What links carry"},
        {"headline", fmt::format("The busiest of {}, {}, is busy for {} of the cycles.",
                                 count_words(link.wires.size(), "link", "links"), busiest.name,
                                 percent_words(static_cast<double>(busiest.load.busy) / cycles))},
        {"share", "share of cycles"},
        {"amount", "flits"},
        {"nodes", std::move(nodes)},
        {"links", std::move(links)}}});
}

}  // namespace

Json run_document(const StoredRun& stored) {
  const RunMeasures run = RunMeasures::of(stored);
  Json section = {{"id", "run"},
                  {"title", stored.network + ", scheme " + stored.scheme},
                  {"source", ""},
                  {"text", ""},
                  {"tables", Json::array({summary_table(stored, run), iterations_table(run),
                                          saturation_table(stored),
                                          configuration_table(stored.config, "Configuration")})},
                  {"plots", plots(stored, run)}};
  if (Json all = pictures(stored); !all.empty()) {
    section["pictures"] = std::move(all);
  }
  return {{"schema", "airnn-evaluation-1"},
          {"version", stored.version},
          {"title", "A run of " + stored.network},
          {"notice", notice(stored)},
          {"text", ""},
          {"sections", Json::array({std::move(section)})}};
}

}  // namespace airnn
