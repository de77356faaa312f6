// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/search_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr std::size_t kFewestObjectives = 2;
constexpr std::size_t kMostObjectives = 4;
constexpr double kMostSteps = 1000;
constexpr std::int64_t kMostBudget = 100'000;

/// Metrics that a run has one number of.
std::vector<std::string> metrics_of_runs() {
  std::vector<std::string> names;
  std::copy_if(metric_names().begin(), metric_names().end(), std::back_inserter(names),
               [](const std::string& name) {
                 const Metric metric = metric_of(name);
                 return !is_per_iteration(metric) && metric != Metric::elbow;
               });
  return names;
}

Metric metric_key(const ConfigReader& reader, const std::string& key,
                  const std::vector<std::string>& others = {}) {
  std::vector<std::string> names = metrics_of_runs();
  if (std::find(names.begin(), names.end(), key) == names.end()) {
    names.insert(names.begin(), others.begin(), others.end());
    reader.fail(key, "is no metric of a whole run; expected one of docs/evaluation.md" +
                         did_you_mean(key, names));
  }
  return metric_of(key);
}

std::vector<SearchObjective> objectives_of(const ConfigReader& search) {
  const ConfigReader reader = search.required_section("objectives");
  std::vector<SearchObjective> objectives;
  for (const std::string& key : reader.keys()) {
    objectives.push_back({metric_key(reader, key),
                          reader.required_enum<bool>(key, {{"max", true}, {"min", false}})});
  }
  if (objectives.size() < kFewestObjectives || objectives.size() > kMostObjectives) {
    search.fail("objectives", fmt::format("expected {} to {} metrics, found {}", kFewestObjectives,
                                          kMostObjectives, objectives.size()));
  }
  return objectives;
}

std::vector<SearchConstraint> constraints_of(const ConfigReader& search) {
  constexpr double kHuge = 1e12;
  const ConfigReader reader = search.section("constraints");
  std::vector<SearchConstraint> constraints;
  for (const std::string& key : reader.keys()) {
    if (key == kAccuracyLoss) {
      constraints.push_back({std::nullopt, reader.required_double(key, -1, 1), false});
      continue;
    }
    const Metric metric = metric_key(reader, key, {kAccuracyLoss});
    const ConfigReader bound = reader.required_section(key);
    const bool is_least = bound.has("at_least");
    if (is_least == bound.has("at_most")) {
      reader.fail(key, "expected {at_most: NUMBER} or {at_least: NUMBER}");
    }
    constraints.push_back({metric,
                           bound.required_double(is_least ? "at_least" : "at_most", -kHuge, kHuge),
                           is_least});
  }
  return constraints;
}

void read_inputs(const ConfigReader& search, const std::string& key, TestedNetwork& network) {
  constexpr std::int64_t kMostInputs = 1'000'000'000;
  const ConfigReader reader = search.required_section(key);
  network.first = reader.int_or<std::int64_t>("first", 0, 0, kMostInputs);
  network.count = reader.int_or<std::int64_t>("count", 0, 0, kMostInputs);
  network.position = search.position(key);
}

std::optional<std::int64_t> budget(const ConfigReader& search, const std::string& key) {
  // An absent key is asked for, too, so that others are told from it.
  return search.optional_string(key)
             ? std::optional(search.required_int<std::int64_t>(key, 1, kMostBudget))
             : std::nullopt;
}

std::size_t decimals_of(const std::string& number) {
  const std::size_t point = number.find('.');
  return point == std::string::npos ? 0 : number.size() - point - 1;
}

/// Whether a mapping is {from, to, step}, or meant to be.
bool is_range(const ConfigReader& space, const std::string& key) {
  if (!space.is_mapping(key)) {
    return false;
  }
  const std::vector<ConfigAlternative> entries = space.alternatives(key);
  return std::any_of(entries.begin(), entries.end(), [](const ConfigAlternative& entry) {
    return entry.name == "from" || entry.name == "to" || entry.name == "step";
  });
}

/// All numbers of {from, to, step}, with as many decimals as the first or the step has.
SearchAxis range(const ConfigReader& space, const std::string& key) {
  constexpr double kHuge = 1e9;
  constexpr double kTiny = 1e-9;
  const std::vector<ConfigAlternative> entries = space.alternatives(key);
  const auto number = [&](const std::string& name) {
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&](const ConfigAlternative& one) { return one.name == name; });
    const std::optional<double> value =
        entry == entries.end() ? std::nullopt : parse_real(entry->value);
    if (entries.size() != 3 || !value || std::abs(*value) > kHuge) {
      space.fail(key, "expected {from: NUMBER, to: NUMBER, step: NUMBER}");
    }
    return std::pair(*value, decimals_of(entry->value));
  };
  const auto [from, decimals] = number("from");
  const auto [step, step_decimals] = number("step");
  const double to = number("to").first;
  if (step < kTiny || to < from) {
    space.fail(key, "expected a step above 0, and 'to' that is not below 'from'");
  }
  const double steps = std::floor((to - from) / step + kTiny);
  if (steps >= kMostSteps) {
    space.fail(key, fmt::format("expected at most {} values", kMostSteps));
  }
  SearchAxis axis{key, {}};
  for (int i = 0; i <= static_cast<int>(steps); ++i) {
    const std::string text =
        fmt::format("{:.{}f}", from + i * step, std::max(decimals, step_decimals));
    axis.choices.push_back({text, {{key, text, text, space.position(key)}}});
  }
  return axis;
}

/// The network that the space names, as it is in `networks`.
TestedNetwork& network_of(const ConfigReader& file, const SearchSpec& search,
                          std::vector<TestedNetwork>& networks) {
  for (const SearchAxis& axis : search.space) {
    if (axis.name == "network") {
      if (axis.choices.size() > 1) {
        file.section("search").section("space").fail("network", "expected one network");
      }
      return *std::find_if(networks.begin(), networks.end(), [&](const TestedNetwork& network) {
        return network.name == axis.choices.front().name;
      });
    }
  }
  file.section("search").section("space").required_string("network");  // says that it is missing
  throw UserError("search: no network");
}

}  // namespace

std::string confirming_name(const std::string& network) {
  return network + "-confirmed";
}

SearchSpec SearchReader::read(const ConfigReader& file,
                              std::vector<TestedNetwork>& networks) const {
  const ConfigReader reader = file.required_section("search");
  SearchSpec search;
  search.position = file.position("search");
  search.algorithm = reader.required_string("algorithm");
  search.seed = reader.int_or<std::uint32_t>("seed", 1, 0, 0xFFFFFFFF);
  search.population = budget(reader, "population");
  search.generations = budget(reader, "generations");
  search.points = budget(reader, "points");
  search.objectives = objectives_of(reader);
  search.constraints = constraints_of(reader);
  read_space(reader, search);
  TestedNetwork& judging = network_of(file, search, networks);
  search.network = judging.name;
  const TestedNetwork whole = judging;
  if (reader.has("judge_on")) {
    read_inputs(reader, "judge_on", judging);
  }
  if (reader.has("confirm_on")) {
    TestedNetwork confirming = whole;
    confirming.name = search.confirming_network = confirming_name(whole.name);
    read_inputs(reader, "confirm_on", confirming);
    networks.push_back(confirming);  // no reference into the list is used from here on
  }
  return search;
}

void SearchReader::read_space(const ConfigReader& reader, SearchSpec& search) const {
  const ConfigReader space = reader.required_section("space");
  std::map<std::string, std::string> axis_of;
  const auto add = [&](const ConfigReader& from, const SearchAxis& axis) {
    for (const SearchChoice& choice : axis.choices) {
      for (const Setting& setting : choice.settings) {
        const auto known = axis_of.emplace(setting.key, axis.name);
        if (known.first->second != axis.name) {
          from.fail(axis.name, setting.key + " is set by '" + known.first->second + "', too");
        }
      }
    }
    search.space.push_back(axis);
  };
  for (const std::string& key : space.keys()) {
    add(space, axis(space, key));
  }
  const ConfigReader named = reader.section("choices");
  for (const std::string& name : named.keys()) {
    if (space.has(name)) {
      named.fail(name, "is a key of 'space', too");
    }
    add(named, choices(named.required_section(name), name));
  }
  if (axis_of.count("run") == 0) {
    space.required_string("run");  // says that it is missing
  }
}

SearchAxis SearchReader::axis(const ConfigReader& space, const std::string& key) const {
  if (is_range(space, key)) {
    return range(space, key);
  }
  SearchAxis axis{key, {}};
  for (const Setting& value : matrix_.values_of(space, key)) {
    axis.choices.push_back({value.name, {value}});
  }
  return axis;
}

SearchAxis SearchReader::choices(const ConfigReader& reader, const std::string& name) const {
  SearchAxis axis{name, {}};
  for (const std::string& choice : reader.keys()) {
    const ConfigReader keys = reader.required_section(choice);
    SearchChoice& added = axis.choices.emplace_back();
    added.name = choice;
    for (const std::string& key : keys.keys()) {
      if (key == "network") {
        keys.fail(key, "belongs to 'space'");
      }
      const Settings values = matrix_.values_of(keys, key);
      if (values.size() != 1) {
        keys.fail(key, "expected one value");
      }
      added.settings.push_back(values.front());
    }
  }
  if (axis.choices.empty()) {
    throw ConfigError(fmt::format("{}: {}: expected a mapping of names to mappings of keys",
                                  reader.position("").text(), name));
  }
  return axis;
}

}  // namespace airnn
