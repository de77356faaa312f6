// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sw/evaluate/metric.h"
#include "sw/evaluate/point_labels.h"

namespace airnn {

/// A published number beside one of ours.
struct ComparedNumber {
  const PublishedNumbers* published = nullptr;
  int iteration = 0;  ///< 0: of the whole run
  double theirs = 0;
  std::string point;  ///< name of ours; of a number without ours, what it speaks of
  Accounting accounting = Accounting::all;
  std::optional<double> ours;
  bool nearest = false;  ///< no number of ours beside this published one is nearer

  std::optional<double> ratio() const;
};

/// Every published number of an experiment in a row with each of ours: by point that it speaks of,
/// and by accounting. A number that nothing of ours stands beside has one row, too.
std::vector<ComparedNumber> compare_numbers(const Experiment& experiment,
                                            const MeasuredPoints& points);

/// The comparison as tables of evaluation.json: every number, and, where there are several
/// readings, how near each comes.
std::vector<nlohmann::ordered_json> comparison_tables(const Experiment& experiment,
                                                      const MeasuredPoints& points);

}  // namespace airnn
