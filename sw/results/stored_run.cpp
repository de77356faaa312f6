// SPDX-License-Identifier: Apache-2.0
#include "sw/results/stored_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sw/format/errors.h"
#include "sw/results/json_node.h"
#include "sw/results/results_json.h"

namespace airnn {

namespace {

constexpr int kMostSchema = 1'000'000;

/// Stands behind the file's name in every message.
constexpr const char* kNoResults = ": not the results of a run";

std::optional<double> number_or_null(const JsonNode& node) {
  return node.is_null() ? std::nullopt : std::optional<double>(node.number());
}

StoredEnergy energy_from(const JsonNode& node) {
  StoredEnergy energy;
  for (const auto& [component, value] : node.members()) {
    if (component == "total") {
      energy.total = value.number();
    } else {
      energy.components.emplace_back(component, value.number());
    }
  }
  node.at("total");
  for (const ActionRow& row : kActionTable) {
    if (row.priced_by == PricedBy::memory && !energy.of("dram_read")) {
      node.at(row.name);
    }
  }
  return energy;
}

PhaseCycles cycles_from(const JsonNode& node) {
  return {node.at("load").count(), node.at("fetch").count(), node.at("compute").count(),
          node.at("score").count(), node.at("finish").count()};
}

/// `dram` has commands and states if the machine has a channel.
Counts counts_from(const JsonNode& entry, const std::vector<PricedAction>& counted) {
  Counts counts;
  for (const PricedAction& what : counted) {
    switch (row_of(what.action).group) {
      case ActionGroup::machine:
        counts[what] = entry.at("counts").at(what.name()).count();
        break;
      case ActionGroup::command:
        counts[what] = entry.at("dram").at("commands").at(what.name()).count();
        break;
      case ActionGroup::state:
        counts[what] = entry.at("dram").at("states").at(what.name()).count();
        break;
      case ActionGroup::request:
        break;
    }
  }
  return counts;
}

StoredIteration iteration_from(const JsonNode& node, const std::vector<PricedAction>& counted) {
  StoredIteration iteration;
  iteration.fraction_of_weights = node.at("fraction_of_weights").number();
  iteration.inputs_run = node.at("inputs_run").count();
  iteration.inputs_stopped = node.at("inputs_stopped").count();
  iteration.accuracy_if_all_stop_here = number_or_null(node.at("accuracy_if_all_stop_here"));
  iteration.accuracy_of_stopped = number_or_null(node.at("accuracy_of_stopped"));
  iteration.cycles = cycles_from(node.at("cycles"));
  iteration.counts = counts_from(node, counted);
  iteration.energy = energy_from(node.at("energy_pj"));
  return iteration;
}

/// What the machine counted, by what the files have.
std::vector<PricedAction> counted_in(const JsonNode& summary) {
  std::vector<PricedAction> all;
  if (summary.at("dram").find("states")) {
    all = channel_actions();
  }
  for (const auto& [name, value] : summary.at("counts").members()) {
    const std::optional<PricedAction> what = priced_action(name);
    if (!what || row_of(what->action).group != ActionGroup::machine) {
      value.fail_with("expected the name of an action, or with its price class");
    }
    all.push_back(*what);
  }
  return usual_actions_and(all);
}

Saturation saturation_from(const JsonNode& node) {
  const Saturation found = {node.at("elements").count(), node.at("saturated").count()};
  if (found.saturated > found.elements) {
    node.at("saturated").fail("at most as many as there are elements");
  }
  return found;
}

StoredProducts products_from(const JsonNode& node) {
  StoredProducts products;
  products.ends = {node.at("zero_products").count(), node.at("cam_searches").count(),
                   node.at("cam_hits").count()};
  if (products.ends.hits > products.ends.searches) {
    node.at("cam_hits").fail("at most as many as there are searches");
  }
  products.relative_energy = node.at("relative_product_energy").number();
  products.relative_energy_gated = node.at("relative_product_energy_gated").number();
  return products;
}

void read_summary(const JsonNode& summary, StoredRun& run) {
  run.inputs = summary.at("inputs").count();
  if (const std::optional<JsonNode> wanted = summary.find("inputs_wanted")) {
    run.inputs_wanted = wanted->count();
  }
  run.input_saturation = saturation_from(summary.at("saturation").at("inputs"));
  run.accuracy = number_or_null(summary.at("accuracy"));
  run.mean_iterations = summary.at("mean_iterations").number();
  run.mean_cycles_per_input = summary.at("fabric_cycles").at("mean_per_input").number();
  run.bytes_read = summary.at("dram").at("bytes_read").count();
  run.counted = counted_in(summary);
  run.counts = counts_from(summary, run.counted);
  run.energy = energy_from(summary.at("energy_pj"));
  if (const auto multipliers = summary.find("multipliers")) {
    for (const JsonNode& multiplier : multipliers->items()) {
      run.multipliers.push_back({multiplier.at("type").text(),
                                 multiplier.at("relative_energy").number(),
                                 multiplier.at("multiplications").count()});
    }
    run.relative_multiplication_energy = summary.at("relative_multiplication_energy").number();
  }
  if (const auto products = summary.find("associative_memory")) {
    run.products = products_from(*products);
  }
}

/// An entry per layer and iteration; those of a layer follow each other.
void read_layers(const JsonNode& node, StoredRun& run) {
  for (const JsonNode& entry : node.items()) {
    const std::string name = entry.at("layer").text();
    if (run.layer_saturation.empty() || run.layer_saturation.back().first != name) {
      run.layer_saturation.push_back({name, {}});
    }
    run.layer_saturation.back().second += saturation_from(entry);
  }
}

void read_units(const JsonNode& node, StoredRun& run) {
  for (const auto& [name, unit] : node.members()) {
    if (unit.is_text()) {
      unit.choice({kNotObserved});
      run.units.push_back({name, 0, 0, 0, false});
      continue;
    }
    run.units.push_back({name, unit.at("working").count(), unit.at("waiting_for_input").count(),
                         unit.at("waiting_for_credit").count(), true});
    run.unit_cycles = unit.at("total").count();
    if (run.units.back().busy() > run.unit_cycles) {
      unit.fail_with("expected a total of at least what the unit was busy");
    }
  }
}

/// The place of the node that a link's end names; null: its units.
std::optional<std::size_t> end_of_link(const JsonNode& end, const std::vector<LinkNode>& nodes) {
  if (end.is_null()) {
    return std::nullopt;
  }
  const std::string name = end.text();
  const auto node = std::find_if(nodes.begin(), nodes.end(),
                                 [&](const LinkNode& each) { return each.name == name; });
  if (node == nodes.end()) {
    end.fail("one of the nodes");
  }
  return static_cast<std::size_t>(node - nodes.begin());
}

StoredLink link_from(const JsonNode& node) {
  constexpr int kMostPlace = 1'000'000;
  StoredLink link;
  link.cycles = node.at("cycles").count();
  for (const JsonNode& one : node.at("nodes").items()) {
    LinkNode place{one.at("node").text(),
                   static_cast<unsigned>(one.at("x").integer(0, kMostPlace)),
                   static_cast<unsigned>(one.at("y").integer(0, kMostPlace)),
                   {}};
    for (const JsonNode& unit : one.at("units").items()) {
      place.units.push_back(unit.text());
    }
    link.record.nodes.push_back(std::move(place));
  }
  for (const JsonNode& one : node.at("links").items()) {
    const auto from = end_of_link(one.at("from"), link.record.nodes);
    const auto to = end_of_link(one.at("to"), link.record.nodes);
    if (!from && !to) {
      one.fail_with("expected a node at one end at least");
    }
    const LinkLoad load{one.at("flits").count(), one.at("busy").count()};
    if (load.busy > link.cycles) {
      one.at("busy").fail("at most all cycles");
    }
    link.record.wires.push_back(
        {one.at("link").text(), from ? *from : *to, to ? *to : *from, !from, !to, load});
  }
  return link;
}

}  // namespace

std::optional<double> StoredEnergy::of(const std::string& component) const {
  const auto found = std::find_if(components.begin(), components.end(),
                                  [&](const auto& other) { return other.first == component; });
  return found == components.end() ? std::nullopt : std::optional<double>(found->second);
}

bool StoredRun::has_channel() const {
  return std::binary_search(counted.begin(), counted.end(), PricedAction{Action::command_act, {}});
}

StoredRun StoredRun::read(const nlohmann::ordered_json& document, const std::string& file) {
  const JsonNode root(file + kNoResults, document);
  const JsonNode schema = root.at("schema");
  if (const int found = schema.integer(1, kMostSchema); found != kResultsSchema) {
    schema.fail_with(fmt::format("expected {}, found {}: another version of the program wrote it",
                                 kResultsSchema, found));
  }
  StoredRun run;
  run.version = root.at("version").text();
  root.at("config").members();
  run.config = document.at("config");
  const JsonNode image = root.at("image");
  run.network = image.at("network").text();
  run.scheme = image.at("scheme").text();
  run.image_checksum = image.at("checksum").text();
  read_summary(root.at("summary"), run);
  for (const JsonNode& iteration : root.at("iterations").items()) {
    run.iterations.push_back(iteration_from(iteration, run.counted));
  }
  read_layers(root.at("layers"), run);
  read_units(root.at("units"), run);
  if (const std::optional<JsonNode> link = root.find("interconnect")) {
    run.link = link_from(*link);
  }
  return run;
}

StoredRun StoredRun::parse(const std::string& text, const std::string& file) {
  return read(results_document(text, file), file);
}

nlohmann::ordered_json results_document(const std::string& text, const std::string& file) {
  auto document = nlohmann::ordered_json::parse(text, nullptr, false);
  if (document.is_discarded()) {
    throw UserError(file + kNoResults + ": expected JSON as 'airnn simulate' writes it");
  }
  return document;
}

}  // namespace airnn
