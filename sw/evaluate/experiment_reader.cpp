// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/experiment_reader.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "sw/config/config_document.h"
#include "sw/config/nearest_name.h"
#include "sw/config/scalar_parser.h"
#include "sw/evaluate/metric.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kDataFolder = "$AIRNN_DATA/";
/// Where scripts/fetch-data puts the sets unless told otherwise.
constexpr const char* kFetched = "data";
constexpr std::size_t kMostPoints = 100000;
constexpr int kDeepestInclude = 8;

/// One file of a suite while it is read.
class ExperimentFile {
 public:
  ExperimentFile(const std::string& path, const KeyCheck& check,
                 const std::vector<std::string>& folders)
      : path_(path),
        check_(check),
        folders_(folders),
        reader_(ConfigDocument::load(path, {"networks"}).reader()) {}

  const ConfigReader& reader() const { return reader_; }

  /// What a file's name stands for.
  std::string resolve(const ConfigReader& reader, const std::string& key,
                      const std::string& written) const {
    const std::string prefix = kDataFolder;
    if (written.compare(0, prefix.size(), prefix) != 0) {
      return found(written);
    }
    const char* named = std::getenv("AIRNN_DATA");
    const std::string folder = named == nullptr || *named == '\0' ? kFetched : named;
    if (named == nullptr && !std::filesystem::exists(folder)) {
      reader.fail(key,
                  "expected the environment variable AIRNN_DATA to name the folder of the data "
                  "sets, or a folder 'data' here (scripts/fetch-data makes it)");
    }
    return (std::filesystem::path(folder) / written.substr(prefix.size())).string();
  }

  std::vector<TestedNetwork> networks() const {
    std::vector<TestedNetwork> networks;
    const ConfigReader section = reader_.section("networks");
    for (const std::string& name : section.keys()) {
      const ConfigReader entry = section.required_section(name);
      const auto file = [&](const char* key, const std::string& written) {
        return written.empty() ? written : resolve(entry, key, written);
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

  Experiment experiment(const std::vector<TestedNetwork>& networks) const {
    Experiment experiment;
    experiment.id = std::filesystem::path(path_).stem().string();
    experiment.title = reader_.required_string("title");
    experiment.source = reader_.string_or("source", "");
    experiment.text = reader_.string_or("text", "");
    experiment.simulates = reader_.bool_or("simulate", true);
    for (const ConfigReader& block : reader_.sections("matrix")) {
      add_points(block, networks, experiment);
    }
    for (const ConfigReader& published : reader_.sections("published")) {
      experiment.published.push_back(numbers(published, experiment));
    }
    if (experiment.points.empty() && experiment.published.empty()) {
      reader_.fail("matrix", "expected a list with at least one mapping of keys to values");
    }
    for (const ConfigReader& plot : reader_.sections("plots")) {
      experiment.plots.push_back(plot_spec(plot, experiment));
    }
    return experiment;
  }

 private:
  /// Beside the experiment, or in one of the other folders; if it is nowhere, beside it.
  std::string found(const std::string& written) const {
    namespace fs = std::filesystem;
    const fs::path beside = (fs::path(path_).parent_path() / written).lexically_normal();
    std::error_code error;
    if (fs::exists(beside, error)) {
      return beside.string();
    }
    for (const std::string& folder : folders_) {
      const fs::path other = (fs::path(folder) / written).lexically_normal();
      if (fs::exists(other, error)) {
        return other.string();
      }
    }
    return beside.string();
  }

  void add_points(const ConfigReader& block, const std::vector<TestedNetwork>& networks,
                  Experiment& experiment) const {
    std::vector<Settings> points(1);
    for (const std::string& key : block.keys()) {
      const std::string wrong = check_ ? check_(key) : "";
      if (!wrong.empty()) {
        block.fail(key, wrong);
      }
      Settings values;
      for (const ConfigAlternative& value : block.alternatives(key)) {
        values.push_back(setting(block, key, value, networks));
      }
      check_values(values);
      std::vector<Settings> spread;
      for (const Settings& point : points) {
        for (const Setting& value : values) {
          spread.push_back(point);
          spread.back().push_back(value);
        }
      }
      points = std::move(spread);
      if (points.size() > kMostPoints) {
        block.fail(key, "the matrix has over " + std::to_string(kMostPoints) + " points");
      }
    }
    if (!block.has("network")) {
      block.required_string("network");  // says that it is missing
    }
    if (experiment.simulates && !block.has("run")) {
      block.required_string("run");
    }
    experiment.points.insert(experiment.points.end(), points.begin(), points.end());
  }

  /// Points that are the same twice are a mistake, however their value is written.
  static void check_values(const Settings& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (are_equal(values[j].value, values[i].value)) {
          throw ConfigError(values[i].position.text() + ": " + values[i].key + ": '" +
                            values[i].value + "' is the same value as '" + values[j].value + "' (" +
                            values[j].position.text() + "); expected values that differ");
        }
        if (values[j].name == values[i].name) {
          throw ConfigError(values[i].position.text() + ": " + values[i].key + ": both " +
                            values[j].value + " and " + values[i].value + " are called '" +
                            values[i].name + "'; expected names of their own, {name: value, ...}");
        }
      }
    }
  }

  static bool are_equal(const std::string& one, const std::string& other) {
    const std::optional<std::int64_t> integer = parse_integer(one);
    const std::optional<double> real = parse_real(one);
    return one == other || (integer && integer == parse_integer(other)) ||
           (real && real == parse_real(other));
  }

  Setting setting(const ConfigReader& block, const std::string& key, const ConfigAlternative& value,
                  const std::vector<TestedNetwork>& networks) const {
    if (key == "network") {
      require_network(value, networks);
    }
    if (!is_file_key(key)) {
      return {key, value.name, value.value, value.position};
    }
    const bool named = value.name != value.value;
    return {key, named ? value.name : std::filesystem::path(value.value).stem().string(),
            resolve(block, key, value.value), value.position};
  }

  static void require_network(const ConfigAlternative& value,
                              const std::vector<TestedNetwork>& networks) {
    const std::string& name = value.value;
    std::vector<std::string> names;
    for (const TestedNetwork& network : networks) {
      names.push_back(network.name);
    }
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw ConfigError(value.position.text() + ": network: '" + name +
                        "' is none of the file's 'networks'" + did_you_mean(name, names));
    }
  }

  /// Names of a key's values in the points; of all keys if `key` is empty.
  static std::vector<std::string> names_in(const Experiment& experiment, const std::string& key) {
    std::set<std::string> names;
    for (const Settings& point : experiment.points) {
      for (const Setting& setting : point) {
        if (key.empty() || setting.key == key) {
          names.insert(key.empty() ? setting.key : setting.name);
        }
      }
    }
    return {names.begin(), names.end()};
  }

  static bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  /// `may_miss`: numbers of networks that are not at hand speak of no point.
  static Settings where(const ConfigReader& reader, const Experiment& experiment, bool may_miss) {
    Settings wanted;
    const ConfigReader section = reader.section("where");
    const std::vector<std::string> keys = names_in(experiment, "");
    for (const std::string& key : section.keys()) {
      const std::string name = section.required_string(key);
      const std::vector<std::string> names = names_in(experiment, key);
      if (!may_miss && !has(keys, key)) {
        section.fail(key, "no point has this key" + did_you_mean(key, keys));
      }
      if (!may_miss && !has(names, name)) {
        section.fail(key, "no point has the value '" + name + "'" + did_you_mean(name, names));
      }
      wanted.push_back({key, name, name});
    }
    return wanted;
  }

  static std::string metric(const ConfigReader& reader, const std::string& key) {
    std::vector<NamedValue<std::string>> table;
    for (const std::string& name : metric_names()) {
      table.push_back({name, name});
    }
    return reader.required_enum<std::string>(key, table);
  }

  static PublishedNumbers numbers(const ConfigReader& reader, const Experiment& experiment) {
    constexpr double kMost = 1e12;
    PublishedNumbers numbers;
    numbers.source = reader.required_string("source");
    numbers.metric = metric(reader, "metric");
    numbers.missing = reader.string_or("missing", "");
    numbers.where = where(reader, experiment, !numbers.missing.empty());
    numbers.layer = reader.string_or("layer", "");
    const Metric what = metric_of(numbers.metric);
    if (is_per_iteration(what)) {
      numbers.first_iteration = reader.int_or("first_iteration", 1, 1, 32767);
      numbers.values = reader.doubles("iterations", -kMost, kMost);
      if (numbers.values.empty()) {
        reader.fail("iterations", "expected a list of numbers, one per iteration");
      }
    } else {
      numbers.values = {reader.required_double("value", -kMost, kMost)};
    }
    if (is_per_layer(what) && numbers.layer.empty()) {
      reader.required_string("layer");
    }
    return numbers;
  }

  /// A metric of a run, or, for plots `against`, a key of the matrix.
  static std::string x_axis(const ConfigReader& reader, const std::string& kind,
                            const Experiment& experiment) {
    const std::string x = reader.required_string("x");
    std::vector<std::string> choices;
    for (const std::string& name : metric_names()) {
      if (!is_per_iteration(metric_of(name))) {
        choices.push_back(name);
      }
    }
    if (kind == "against") {
      for (const std::string& key : names_in(experiment, "")) {
        choices.push_back(key);
      }
    }
    if (!has(choices, x)) {
      reader.fail("x", std::string("expected a metric of a whole run") +
                           (kind == "against" ? " or a key of the matrix" : "") + ", found '" + x +
                           "'" + did_you_mean(x, choices));
    }
    return x;
  }

  static void check_accounting(const ConfigReader& reader, const PlotSpec& plot) {
    std::vector<std::string> counted{to_string(Accounting::all)};
    for (const std::string& axis : {plot.x, plot.y}) {
      if (has(metric_names(), axis)) {
        for (const Accounting accounting : accountings_of(metric_of(axis))) {
          counted.emplace_back(to_string(accounting));
        }
      }
    }
    if (!has(counted, plot.accounting)) {
      reader.fail("accounting", "no metric of this plot is counted so");
    }
  }

  static PlotSpec plot_spec(const ConfigReader& reader, const Experiment& experiment) {
    PlotSpec plot;
    plot.title = reader.required_string("title");
    std::vector<NamedValue<std::string>> kinds;
    for (const char* kind :
         {"per_iteration", "against", "front", "distribution", "cycles", "elbow"}) {
      kinds.push_back({kind, kind});
    }
    plot.kind = reader.required_enum<std::string>("kind", kinds);
    if (plot.kind == "against" || plot.kind == "front") {
      plot.x = x_axis(reader, plot.kind, experiment);
    }
    if (plot.kind == "against" || plot.kind == "front" || plot.kind == "per_iteration") {
      plot.y = metric(reader, "y");
      const Metric y = metric_of(plot.y);
      if (is_per_layer(y) || is_per_iteration(y) != (plot.kind == "per_iteration")) {
        reader.fail("y", plot.kind == "per_iteration" ? "expected a metric that each iteration has"
                                                      : "expected a metric of a whole run");
      }
    }
    std::vector<NamedValue<std::string>> accountings;
    for (const Accounting accounting :
         {Accounting::all, Accounting::without_index, Accounting::value_reads,
          Accounting::fetch_latency, Accounting::compute_only}) {
      accountings.push_back({to_string(accounting), to_string(accounting)});
    }
    plot.accounting = reader.enum_or<std::string>("accounting", "all", accountings);
    check_accounting(reader, plot);
    plot.where = where(reader, experiment, false);
    return plot;
  }

  std::string path_;
  const KeyCheck& check_;
  const std::vector<std::string>& folders_;
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
    suite.experiments.push_back(file.experiment(suite.networks));
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
    include(name, read_suite(file.resolve(reader, "include", name), check, folders, depth + 1),
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
