// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sw/config/config_node.h"

namespace airnn {

/// A network of an experiment, and the inputs it is judged by. Files as they can be opened.
struct TestedNetwork {
  std::string name;
  std::string model;
  std::string images;
  std::string labels;         ///< empty: those inside the images' file
  std::int64_t count = 0;     ///< inputs from the first on; 0: all
  ConfigPosition position{};  ///< where it is written
};

/// One key of a point. `name` stands in tables and in `where`; `value` is what takes effect (for
/// files, a path that can be opened).
struct Setting {
  std::string key;
  std::string name;
  std::string value;
  ConfigPosition position{};  ///< where the value is written
};
using Settings = std::vector<Setting>;

/// Name of a key's value; empty if the point does not have the key.
std::string name_of(const Settings& settings, const std::string& key);
/// Values of this key are files; their content is what counts.
bool is_file_key(const std::string& key);
/// Every setting of `wanted` has the same name in `settings`.
bool matches(const Settings& settings, const Settings& wanted);

/// Numbers of a publication that stand beside ours.
struct PublishedNumbers {
  std::string source;       ///< "Table II"
  std::string metric;       ///< a name of metric_names()
  Settings where;           ///< which points they speak of
  std::string layer;        ///< of metrics that are a layer's
  int first_iteration = 0;  ///< of the first value; 0: one value for the whole run
  std::vector<double> values;
  std::string missing;  ///< why we have no number of our own; empty: we have
};

/// What a plot shows of the points of its experiment.
struct PlotSpec {
  std::string title;
  std::string kind;        ///< per_iteration, against, front, distribution, cycles, elbow
  std::string x;           ///< kind against: a key or a metric
  std::string y;           ///< metric
  std::string accounting;  ///< empty: everything is counted
  Settings where;
};

/// A table or figure: points, what was published about them, and how to show them.
struct Experiment {
  std::string id;  ///< the file's name without extension
  std::string title;
  std::string source;
  std::string text;  ///< discussion
  bool simulates = true;
  std::vector<Settings> points;
  std::vector<PublishedNumbers> published;
  std::vector<PlotSpec> plots;
};

/// What one experiment file asks for, includes and all.
struct ExperimentSuite {
  std::string title;
  std::string text;
  std::vector<TestedNetwork> networks;
  std::vector<Experiment> experiments;
};

}  // namespace airnn
