// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/evaluation_planner.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "sw/campaign/compile_keys.h"
#include "sw/campaign/config_parts.h"
#include "sw/campaign/point_messages.h"
#include "sw/campaign/typed_commands.h"
#include "sw/compiler/compile_option.h"
#include "sw/compiler/compiled_image.h"
#include "sw/console/output_path.h"
#include "sw/evaluate/content_key.h"
#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"
#include "sw/results/results_json.h"
#include "sw/version/version.h"

namespace airnn {

namespace {

std::vector<CompileSetting> compile_settings(const Settings& settings) {
  std::vector<CompileSetting> options;
  for (const Setting& setting : settings) {
    if (is_compile_key(setting.key)) {
      options.push_back({compile_name(setting.key), setting.value});
    }
  }
  return options;
}

/// A file's name as the experiment could have it at this place, so that it means the same there.
std::string seen_from(const ConfigPosition& position, const std::string& file) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(position.origin).parent_path();
  const fs::path path = fs::path(file).lexically_proximate(folder);
  return (folder / path).lexically_normal() == fs::path(file).lexically_normal()
             ? path.string()
             : fs::absolute(file).string();
}

bool has_tables(const Network& network) {
  return std::any_of(network.layers.begin(), network.layers.end(),
                     [](const Layer& layer) { return layer.product_table != 0; });
}

/// What an image for multipliers that are not exact is besides.
void add_tables(const Network& network, ContentKey& key) {
  for (const Layer& layer : network.layers) {
    if (layer.product_table != 0) {
      key.add(layer.name).add(std::to_string(layer.product_table));
    }
  }
}

}  // namespace

PlannedEvaluation EvaluationPlanner::begin() {
  PlannedEvaluation planned;
  Plan& plan = planned.plan;
  plan.version = program_version();
  plan.sources = source_key();
  plan.title = suite_.title;
  plan.text = suite_.text;
  for (const TestedNetwork& network : suite_.networks) {
    const Use use = use_of(network.name);
    if (use != Use::none) {
      try {
        plan_network(network, use == Use::simulated);
      } catch (const UserError& error) {
        throw UserError(fmt::format("{}: networks.{}: {}", network.position.text(), network.name,
                                    error.what()));
      }
      plan.networks.push_back(planned_.at(network.name));
    }
  }
  plan.experiments = suite_.experiments;
  return planned;
}

void EvaluationPlanner::add(PlannedEvaluation& planned, const std::vector<ProposedPoint>& points) {
  const bool is_first = planned.tasks.empty();
  for (const ProposedPoint& proposed : points) {
    PlannedPoint point;
    point.experiment = proposed.experiment;
    point.settings = proposed.settings;
    point.generation = proposed.generation;
    PointTask task = task_of(point.settings);
    plan_point(point, task, suite_.experiments.at(proposed.experiment).simulates);
    planned.plan.points.push_back(std::move(point));
    planned.tasks.push_back(std::move(task));
  }
  const std::vector<PointTask>& tasks = planned.tasks;
  if (is_first && !tasks.empty() &&
      std::none_of(tasks.begin(), tasks.end(),
                   [](const PointTask& task) { return task.error.empty(); })) {
    throw UserError(tasks.front().error);
  }
}

EvaluationPlanner::Use EvaluationPlanner::use_of(const std::string& network) const {
  Use use = Use::none;
  for (const Experiment& experiment : suite_.experiments) {
    if (experiment.search && (experiment.search->network == network ||
                              experiment.search->confirming_network == network)) {
      use = Use::simulated;
    }
    for (const Settings& point : experiment.points) {
      if (name_of(point, "network") == network) {
        use = std::max(use, experiment.simulates ? Use::simulated : Use::compiled);
      }
    }
  }
  return use;
}

void EvaluationPlanner::plan_network(const TestedNetwork& tested, bool simulated) {
  const Network network = read_onnx(tested.model).network;
  PlannedNetwork planned;
  planned.name = tested.name;
  planned.model = file_name(tested.model);
  planned.model_key = key_of(tested.model);
  if (simulated) {
    sets_.read(tested, network);
    planned.images = file_name(tested.images);
    planned.images_key = key_of(tested.images);
    planned.labels = file_name(tested.labels);
    planned.labels_key = tested.labels.empty() ? "" : key_of(tested.labels);
    planned.first = sets_.first(tested.name);
    planned.inputs = sets_.count(tested.name);
  }
  networks_.emplace(tested.name, network);
  planned_.emplace(tested.name, planned);
}

PointTask EvaluationPlanner::task_of(const Settings& settings) const {
  PointTask task;
  for (const Setting& setting : settings) {
    if (setting.key == "network") {
      task.network = setting.value;
    } else if (setting.key == "run") {
      task.run = setting.value;
    } else if (!is_compile_key(setting.key)) {
      const std::string value =
          is_file_key(setting.key) ? seen_from(setting.position, setting.value) : setting.value;
      task.sets.push_back({setting.key + "=" + value, setting.position});
    }
  }
  const auto tested =
      std::find_if(suite_.networks.begin(), suite_.networks.end(),
                   [&](const TestedNetwork& network) { return network.name == task.network; });
  task.model = tested->model;
  return task;
}

void EvaluationPlanner::plan_point(PlannedPoint& point, PointTask& task, bool simulates) {
  const PlannedNetwork& network = planned_.at(task.network);
  point.commands = typed_commands(point.settings, network, simulates);
  try {
    task.request = compile_request(compile_settings(point.settings));
    CompileRequest& request = task.request;
    Network model = networks_.at(task.network);
    model.input_format.bits = request.options.precision;
    if (simulates && request.accelerator_file.empty()) {
      request.elements =
          std::make_shared<const LayerElements>(read_run_elements(task.run, task.sets, model));
    }
    set_product_tables(request, model);
    if (request.elements != nullptr && has_tables(model)) {
      point.commands = typed_commands(point.settings, network, *request.elements, model);
    }
    set_match_rows(request, model);
    set_lines(request, model);
    // The model's name is in the image, and its file's in the report on it.
    ContentKey clustering;
    clustering.add(file_name(task.model)).add(request_text(request, OptionRole::clustering));
    for (const std::string& file : source_files(request, task.model)) {
      clustering.add(key_of(file));
    }
    add_tables(model, clustering);
    point.scheme = request.options.sparse ? kSparseBase : to_string(request.options.scheme);
    point.image_key = ContentKey()
                          .add("image")
                          .add(program_version())
                          .add(clustering.text())
                          .add(request_text(request, OptionRole::scheme))
                          .text();
    if (!simulates) {
      return;
    }
    task.inputs = network.inputs;
    task.has_labels = !sets_.of(task.network).labels.empty();
    ContentKey data;
    data.add(network.images_key).add(network.labels_key).add(network.inputs);
    if (network.first > 0) {
      data.add("first").add(network.first);
    }
    task.data_key = data.text();
    task.first = network.first;
    task.config = read_run_config(task.run, task.sets, model);
    if (task.config->accelerator.units.is_unusual()) {
      throw ConfigError(
          "rtl: an evaluation cannot know what a library's results depend on; expected a run "
          "without it");
    }
    const ConfigTree& config = task.config->effective;
    const std::vector<std::string> ends = {"threshold", "min_iterations", "max_iterations"};
    point.records_key = ContentKey()
                            .add("records")
                            .add(kResultsSchema)  // units have other names in another one
                            .add(point.image_key)
                            .add(task.data_key)
                            .add(config_text(config, {"energy"}))
                            .text();
    point.run_key = ContentKey().add("run").add(point.records_key).add(to_yaml(config)).text();
    // The base accelerator runs a network once, whatever its clusters and its threshold are.
    point.base_key = ContentKey()
                         .add(network.name)
                         .add(request.options.precision)
                         .add(config_text(config, ends))
                         .text();
    if (!task.config->elements.elements.empty()) {
      point.exact_key = ContentKey()
                            .add("exact")
                            .add(network.name)
                            .add(request.options.precision)
                            .add(config_text(without_elements(config), ends))
                            .text();
    }
    point.iterative_key =
        ContentKey().add(network.name).add(clustering.text()).add(to_yaml(config)).text();
  } catch (const UserError& error) {
    task.error = located(error.what(), point.settings);
  }
}

const std::string& EvaluationPlanner::key_of(const std::string& file) {
  const auto known = file_keys_.find(file);
  return known != file_keys_.end() ? known->second
                                   : file_keys_.emplace(file, file_key(file)).first->second;
}

}  // namespace airnn
