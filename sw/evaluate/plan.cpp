// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/plan.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sw/evaluate/whole_number.h"
#include "sw/format/errors.h"
#include "sw/format/shown_text.h"

namespace airnn {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PublishedNumbers, source, metric, where, layer, first_iteration,
                                   values, missing)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PlotSpec, title, kind, x, y, accounting, where)

// What most plans have not is not written.

inline void to_json(nlohmann::json& json, const Experiment& experiment) {
  json = {{"id", experiment.id},
          {"title", experiment.title},
          {"source", experiment.source},
          {"text", experiment.text},
          {"simulates", experiment.simulates},
          {"published", experiment.published},
          {"plots", experiment.plots}};
  if (experiment.search) {
    json["search"] = *experiment.search;
  }
}

inline void from_json(const nlohmann::json& json, Experiment& experiment) {
  json.at("id").get_to(experiment.id);
  json.at("title").get_to(experiment.title);
  json.at("source").get_to(experiment.source);
  json.at("text").get_to(experiment.text);
  json.at("simulates").get_to(experiment.simulates);
  json.at("published").get_to(experiment.published);
  json.at("plots").get_to(experiment.plots);
  if (json.contains("search")) {
    experiment.search = json.at("search").get<SearchSpec>();
  }
}

inline void to_json(nlohmann::json& json, const PlannedNetwork& network) {
  json = {{"name", network.name},
          {"model", network.model},
          {"model_key", network.model_key},
          {"images", network.images},
          {"images_key", network.images_key},
          {"labels", network.labels},
          {"labels_key", network.labels_key},
          {"inputs", network.inputs}};
  if (network.first > 0) {
    json["first"] = network.first;
  }
}

inline void from_json(const nlohmann::json& json, PlannedNetwork& network) {
  json.at("name").get_to(network.name);
  json.at("model").get_to(network.model);
  json.at("model_key").get_to(network.model_key);
  json.at("images").get_to(network.images);
  json.at("images_key").get_to(network.images_key);
  json.at("labels").get_to(network.labels);
  json.at("labels_key").get_to(network.labels_key);
  json.at("inputs").get_to(network.inputs);
  if (json.contains("first")) {
    json.at("first").get_to(network.first);
  }
}

// Without elements there is no key of what exact ones are compared by.
inline void to_json(nlohmann::json& json, const PlannedPoint& point) {
  json = {{"experiment", point.experiment},
          {"settings", point.settings},
          {"commands", point.commands},
          {"image_key", point.image_key},
          {"run_key", point.run_key},
          {"records_key", point.records_key},
          {"scheme", point.scheme},
          {"base_key", point.base_key},
          {"iterative_key", point.iterative_key}};
  if (!point.exact_key.empty()) {
    json["exact_key"] = point.exact_key;
  }
  if (point.generation > 0) {
    json["generation"] = point.generation;
  }
}

inline void from_json(const nlohmann::json& json, PlannedPoint& point) {
  json.at("experiment").get_to(point.experiment);
  json.at("settings").get_to(point.settings);
  json.at("commands").get_to(point.commands);
  json.at("image_key").get_to(point.image_key);
  json.at("run_key").get_to(point.run_key);
  json.at("records_key").get_to(point.records_key);
  json.at("scheme").get_to(point.scheme);
  json.at("base_key").get_to(point.base_key);
  json.at("iterative_key").get_to(point.iterative_key);
  point.exact_key = json.value("exact_key", "");
  if (json.contains("generation")) {
    json.at("generation").get_to(point.generation);
  }
}

namespace {

/// Keys become names of files: nothing else may stand in them, so that no plan names a file outside
/// of the folder.
bool is_key_or_none(const std::string& text) {
  return text.empty() ||
         (text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string::npos);
}

void check_keys(const PlannedPoint& point, const std::string& origin) {
  for (const std::string& key : {point.image_key, point.run_key, point.records_key}) {
    if (!is_key_or_none(key)) {
      throw UserError(origin + ": not the plan of an evaluation: " + shown(key) +
                      " is no key; expected 32 hexadecimal digits");
    }
  }
}

void check_whole_numbers(const nlohmann::json& plan, const std::string& origin) {
  for (const nlohmann::json& network : plan.at("networks")) {
    check_whole(network, "inputs", origin);
    if (network.contains("first")) {
      check_whole(network, "first", origin);
    }
  }
  for (const nlohmann::json& point : plan.at("points")) {
    check_whole(point, "experiment", origin);
    if (point.contains("generation")) {
      check_whole(point, "generation", origin);
    }
  }
  for (const nlohmann::json& experiment : plan.at("experiments")) {
    for (const nlohmann::json& published : experiment.at("published")) {
      check_whole(published, "first_iteration", origin);
    }
  }
}

}  // namespace

std::string typed_inputs(const PlannedNetwork& network) {
  return (network.first > 0 ? " --first " + std::to_string(network.first) : "") + " --count " +
         std::to_string(network.inputs);
}

bool plan_has_schema(const std::string& text, const std::string& schema) {
  // Nothing that a user named can look so: quotation marks inside of texts are escaped.
  return text.find("\"schema\": \"" + schema + "\"") != std::string::npos;
}

std::string plan_text(const Plan& plan) {
  const nlohmann::json json = {{"schema", kPlanSchema},
                               {"version", plan.version},
                               {"sources", plan.sources},
                               {"title", plan.title},
                               {"text", plan.text},
                               {"networks", plan.networks},
                               {"experiments", plan.experiments},
                               {"points", plan.points}};
  // Names from foreign files may be no UTF-8.
  return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Plan plan_from(const std::string& text, const std::string& origin) {
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    if (json.at("schema") != kPlanSchema) {
      throw UserError(origin + ": schema: expected " + kPlanSchema);
    }
    check_whole_numbers(json, origin + ": not the plan of an evaluation");
    Plan plan;
    json.at("version").get_to(plan.version);
    json.at("sources").get_to(plan.sources);
    json.at("title").get_to(plan.title);
    json.at("text").get_to(plan.text);
    json.at("networks").get_to(plan.networks);
    json.at("experiments").get_to(plan.experiments);
    json.at("points").get_to(plan.points);
    for (std::size_t i = 1; i < plan.experiments.size(); ++i) {
      if (plan.experiments[i].search) {
        throw UserError(origin + ": not the plan of an evaluation: a search among experiments");
      }
    }
    for (const PlannedPoint& point : plan.points) {
      static_cast<void>(plan.experiments.at(point.experiment));
      check_keys(point, origin);
    }
    return plan;
  } catch (const nlohmann::json::exception& error) {
    throw UserError(origin + ": not the plan of an evaluation: " + error.what());
  } catch (const std::out_of_range&) {
    throw UserError(origin + ": not the plan of an evaluation: a point of no experiment");
  }
}

}  // namespace airnn
