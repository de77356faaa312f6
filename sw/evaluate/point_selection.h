// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/config/config_reader.h"
#include "sw/evaluate/experiment.h"

namespace airnn {

/// The points of an experiment, for those who speak of some of them: published numbers and plots.
class PointSelection {
 public:
  explicit PointSelection(const std::vector<Settings>& points) : points_(points) {}

  /// Keys that points have, sorted.
  std::vector<std::string> keys() const;
  /// Names of a key's values, sorted.
  std::vector<std::string> names_of(const std::string& key) const;

  /// The section `where`. `may_miss`: it may speak of no point, as numbers of networks that are
  /// not at hand do. Throws ConfigError.
  Settings where(const ConfigReader& reader, bool may_miss) const;

 private:
  const std::vector<Settings>& points_;
};

}  // namespace airnn
