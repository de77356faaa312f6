// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment_reader.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>
#include <utility>

#include "sw/config/config_document.h"
#include "sw/evaluate/experiment_paths.h"
#include "sw/evaluate/plot_reader.h"
#include "sw/evaluate/point_selection.h"
#include "sw/evaluate/published_reader.h"
#include "sw/evaluate/search_reader.h"

namespace airnn {

namespace {

constexpr int kDeepestInclude = 8;

/// One file of a suite while it is read.
class ExperimentFile {
 public:
  ExperimentFile(const std::string& path, const KeyCheck& check,
                 const std::vector<std::string>& folders)
      : id_(std::filesystem::path(path).stem().string()),
        check_(check),
        paths_(path, folders),
        reader_(ConfigDocument::load(path, {"networks"}).reader()) {}

  const ConfigReader& reader() const { return reader_; }
  const ExperimentPaths& paths() const { return paths_; }

  std::vector<TestedNetwork> networks() const {
    std::vector<TestedNetwork> networks;
    const ConfigReader section = reader_.section("networks");
    for (const std::string& name : section.keys()) {
      const ConfigReader entry = section.required_section(name);
      const auto file = [&](const char* key, const std::string& written) {
        return written.empty() ? written : paths_.resolve(entry, key, written);
      };
      TestedNetwork network;
      network.name = name;
      network.model = file("model", entry.required_string("model"));
      network.images = file("images", entry.string_or("images", ""));
      network.labels = file("labels", entry.string_or("labels", ""));
      network.count = entry.int_or<std::int64_t>("count", 0, 0, 1'000'000'000);
      network.position = section.position(name);
      networks.push_back(network);
    }
    return networks;
  }

  /// What is searched for has an experiment for each SearchPart.
  std::vector<Experiment> search(std::vector<TestedNetwork>& networks) const {
    Experiment judged = described();
    if (reader_.has("matrix")) {
      reader_.fail("matrix", "expected either a matrix or a search");
    }
    const std::vector<TestedNetwork> known = networks;
    const MatrixReader matrix(check_, paths_, known);
    judged.search = SearchReader(matrix).read(reader_, networks);
    Experiment base;
    base.id = id_ + "_base";
    base.title = judged.title + ": the base accelerator";
    Experiment confirmed;
    confirmed.id = id_ + "_confirmed";
    confirmed.title = judged.title + ": the front on other inputs";
    std::vector<Experiment> parts{judged, base};
    if (!judged.search->confirming_network.empty()) {
      parts.push_back(confirmed);
    }
    return parts;
  }

  Experiment experiment(const std::vector<TestedNetwork>& networks) const {
    Experiment experiment = described();
    experiment.simulates = reader_.bool_or("simulate", true);
    const MatrixReader matrix(check_, paths_, networks);
    for (const ConfigReader& block : reader_.sections("matrix")) {
      const std::vector<Settings> points = matrix.points(block, experiment.simulates);
      experiment.points.insert(experiment.points.end(), points.begin(), points.end());
    }
    const PointSelection points(experiment.points);
    for (const ConfigReader& published : reader_.sections("published")) {
      experiment.published.push_back(read_published(published, points));
    }
    if (experiment.points.empty() && experiment.published.empty()) {
      reader_.fail("matrix", "expected a list with at least one mapping of keys to values");
    }
    for (const ConfigReader& plot : reader_.sections("plots")) {
      experiment.plots.push_back(read_plot(plot, points));
    }
    return experiment;
  }

 private:
  Experiment described() const {
    Experiment experiment;
    experiment.id = id_;
    experiment.title = reader_.required_string("title");
    experiment.source = reader_.string_or("source", "");
    experiment.text = reader_.string_or("text", "");
    return experiment;
  }

  std::string id_;
  const KeyCheck& check_;
  ExperimentPaths paths_;
  ConfigReader reader_;
};

void add_network(const TestedNetwork& network, const std::string& file, const ConfigReader& reader,
                 std::vector<TestedNetwork>& networks) {
  const auto known =
      std::find_if(networks.begin(), networks.end(),
                   [&](const TestedNetwork& other) { return other.name == network.name; });
  if (known == networks.end()) {
    networks.push_back(network);
  } else if (known->model != network.model || known->images != network.images ||
             known->labels != network.labels || known->count != network.count) {
    reader.fail("include", file + ": its network '" + network.name +
                               "' is another than that of a file before it");
  }
}

void include(const std::string& file, const ExperimentSuite& part, const ConfigReader& reader,
             ExperimentSuite& suite) {
  if (part.is_search()) {
    reader.fail("include", file + ": is a search; expected experiments with a matrix");
  }
  for (const TestedNetwork& network : part.networks) {
    add_network(network, file, reader, suite.networks);
  }
  for (const Experiment& experiment : part.experiments) {
    for (const Experiment& other : suite.experiments) {
      if (other.id == experiment.id) {
        reader.fail("include", file + ": there is already an experiment of this name");
      }
    }
    suite.experiments.push_back(experiment);
  }
}

/// A name stands for one value, or points would be taken for equal that are not.
void check_names(const ExperimentSuite& suite, const ConfigReader& reader) {
  std::map<std::pair<std::string, std::string>, std::string> values;
  for (const Experiment& experiment : suite.experiments) {
    for (const Settings& point : experiment.points) {
      for (const Setting& setting : point) {
        const auto known = values.emplace(std::pair(setting.key, setting.name), setting.value);
        if (known.first->second != setting.value) {
          reader.fail(reader.has("matrix") ? "matrix" : "include",
                      setting.key + ": both " + known.first->second + " and " + setting.value +
                          " are called '" + setting.name +
                          "'; expected names of their own, {name: value, ...}");
        }
      }
    }
  }
}

ExperimentSuite read_suite(const std::string& path, const KeyCheck& check,
                           const std::vector<std::string>& folders, int depth) {
  const ExperimentFile file(path, check, folders);
  const ConfigReader& reader = file.reader();
  ExperimentSuite suite;
  if (!reader.has("include")) {
    suite.networks = file.networks();
    if (reader.has("search")) {
      suite.experiments = file.search(suite.networks);
    } else {
      suite.experiments.push_back(file.experiment(suite.networks));
    }
    reader.finish();
    suite.title = suite.experiments.front().title;
    check_names(suite, reader);
    return suite;
  }
  suite.title = reader.required_string("title");
  suite.text = reader.string_or("text", "");
  const std::vector<std::string> included = reader.strings("include");
  reader.finish();
  if (depth == kDeepestInclude) {
    reader.fail("include", "files include each other, or too deeply");
  }
  for (const std::string& name : included) {
    include(name,
            read_suite(file.paths().resolve(reader, "include", name), check, folders, depth + 1),
            reader, suite);
  }
  check_names(suite, reader);
  return suite;
}

}  // namespace

ExperimentSuite read_experiments(const std::string& path, const KeyCheck& check,
                                 const std::vector<std::string>& folders) {
  return read_suite(path, check, folders, 0);
}

}  // namespace airnn
