// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sw/config/config_node.h"
#include "sw/evaluate/search_spec.h"
#include "sw/evaluate/setting.h"

namespace airnn {

/// A network of an experiment, and the inputs it is judged by. Files as they can be opened.
struct TestedNetwork {
  std::string name;
  std::string model;
  std::string images;
  std::string labels;         ///< empty: those inside the images' file
  std::int64_t first = 0;     ///< index of the first input
  std::int64_t count = 0;     ///< inputs from the first on; 0: all
  ConfigPosition position{};  ///< where it is written
};

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
  std::vector<Settings> points;      ///< none if they are searched for
  std::optional<SearchSpec> search;  ///< of the first experiment of a search
  std::vector<PublishedNumbers> published;
  std::vector<PlotSpec> plots;
};

/// What one experiment file asks for, includes and all.
struct ExperimentSuite {
  std::string title;
  std::string text;
  std::vector<TestedNetwork> networks;
  std::vector<Experiment> experiments;

  /// The first experiment's points are looked for, the others' follow from them (SearchPart).
  bool is_search() const { return !experiments.empty() && experiments.front().search.has_value(); }
};

}  // namespace airnn
