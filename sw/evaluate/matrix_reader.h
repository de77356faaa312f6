// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sw/config/config_reader.h"
#include "sw/evaluate/experiment.h"
#include "sw/evaluate/experiment_paths.h"

namespace airnn {

/// Why a key of a matrix cannot be; empty if it can.
using KeyCheck = std::function<std::string(const std::string&)>;

/// Spreads out the matrices of an experiment: each key has one value or several, and each
/// combination of values is a point.
class MatrixReader {
 public:
  /// What is given must outlive this. An empty `check` finds every key good.
  MatrixReader(const KeyCheck& check, const ExperimentPaths& paths,
               const std::vector<TestedNetwork>& networks)
      : check_(check), paths_(paths), networks_(networks) {}

  /// The points of one block of a matrix; they have a run if the experiment `simulates`. Throws
  /// ConfigError.
  std::vector<Settings> points(const ConfigReader& block, bool simulates) const;
  /// The values of one key of a block.
  Settings values_of(const ConfigReader& block, const std::string& key) const;

 private:
  Setting setting(const ConfigReader& block, const std::string& key,
                  const ConfigAlternative& value) const;
  void require_network(const ConfigAlternative& value) const;

  const KeyCheck& check_;
  const ExperimentPaths& paths_;
  const std::vector<TestedNetwork>& networks_;
};

}  // namespace airnn
