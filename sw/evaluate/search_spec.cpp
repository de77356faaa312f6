// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/search_spec.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sw/evaluate/search_reader.h"
#include "sw/evaluate/whole_number.h"

namespace airnn {

std::string SearchConstraint::name() const {
  return metric ? to_string(*metric) : kAccuracyLoss;
}

double SearchSpec::size() const {
  double size = 1;
  for (const SearchAxis& axis : space) {
    size *= static_cast<double>(axis.choices.size());
  }
  return size;
}

void to_json(nlohmann::json& json, const SearchSpec& search) {
  nlohmann::json objectives = nlohmann::json::array();
  for (const SearchObjective& objective : search.objectives) {
    objectives.push_back({to_string(objective.metric), objective.is_maximised});
  }
  nlohmann::json constraints = nlohmann::json::array();
  for (const SearchConstraint& constraint : search.constraints) {
    constraints.push_back({constraint.name(), constraint.is_least, constraint.bound});
  }
  nlohmann::json space = nlohmann::json::array();
  for (const SearchAxis& axis : search.space) {
    nlohmann::json choices = nlohmann::json::array();
    for (const SearchChoice& choice : axis.choices) {
      choices.push_back({choice.name, choice.settings});
    }
    space.push_back({axis.name, choices});
  }
  json = {{"algorithm", search.algorithm},
          {"seed", search.seed},
          {"objectives", objectives},
          {"constraints", constraints},
          {"space", space},
          {"network", search.network},
          {"confirming_network", search.confirming_network}};
  const auto add = [&](const char* key, const std::optional<std::int64_t>& number) {
    if (number) {
      json[key] = *number;
    }
  };
  add("population", search.population);
  add("generations", search.generations);
  add("points", search.points);
}

void from_json(const nlohmann::json& json, SearchSpec& search) {
  json.at("algorithm").get_to(search.algorithm);
  check_whole(json, "seed", "search");
  json.at("seed").get_to(search.seed);
  for (const nlohmann::json& objective : json.at("objectives")) {
    search.objectives.push_back(
        {metric_of(objective.at(0).get<std::string>()), objective.at(1).get<bool>()});
  }
  if (search.objectives.size() < 2) {
    throw UserError("search: expected two objectives or more");
  }
  for (const nlohmann::json& constraint : json.at("constraints")) {
    const auto name = constraint.at(0).get<std::string>();
    search.constraints.push_back({name == kAccuracyLoss ? std::optional<Metric>() : metric_of(name),
                                  constraint.at(2).get<double>(), constraint.at(1).get<bool>()});
  }
  for (const nlohmann::json& axis : json.at("space")) {
    SearchAxis& read = search.space.emplace_back();
    axis.at(0).get_to(read.name);
    for (const nlohmann::json& choice : axis.at(1)) {
      read.choices.push_back({choice.at(0).get<std::string>(), choice.at(1).get<Settings>()});
    }
  }
  json.at("network").get_to(search.network);
  json.at("confirming_network").get_to(search.confirming_network);
  const auto take = [&](const char* key, std::optional<std::int64_t>& number) {
    if (json.contains(key)) {
      check_whole(json, key, "search");
      number = json.at(key).get<std::int64_t>();
    }
  };
  take("population", search.population);
  take("generations", search.generations);
  take("points", search.points);
}

}  // namespace airnn
