// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sw/config/config_reader.h"

namespace airnn {

/// What the names of files stand for that one experiment file mentions (read_experiments() says by
/// which rules).
class ExperimentPaths {
 public:
  /// `file`: the experiment. `folders`: where else its files may lie; must outlive this.
  ExperimentPaths(const std::string& file, const std::vector<std::string>& folders);

  /// `written` is the value of `key`. Throws ConfigError if nothing says where data sets are.
  std::string resolve(const ConfigReader& reader, const std::string& key,
                      const std::string& written) const;

 private:
  std::string found(const std::string& written) const;

  std::string beside_;  // folder of the experiment
  const std::vector<std::string>& folders_;
};

}  // namespace airnn
