// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/config/config_reader.h"
#include "sw/evaluate/experiment.h"
#include "sw/evaluate/matrix_reader.h"

namespace airnn {

/// The constraint that is no metric: accuracy that is lost against the base accelerator.
inline constexpr const char* kAccuracyLoss = "accuracy_loss";

/// What the network is called whose inputs confirm what those of `network` judged.
std::string confirming_name(const std::string& network);

/// Reads the `search` of an experiment (docs/search.md).
class SearchReader {
 public:
  /// `matrix` reads values of keys, and must outlive this.
  explicit SearchReader(const MatrixReader& matrix) : matrix_(matrix) {}

  /// The search in `file`, whose network in `networks` gets the inputs that judge; one with those
  /// that confirm is added. Throws ConfigError.
  SearchSpec read(const ConfigReader& file, std::vector<TestedNetwork>& networks) const;

 private:
  void read_space(const ConfigReader& reader, SearchSpec& search) const;
  SearchAxis axis(const ConfigReader& space, const std::string& key) const;
  SearchAxis choices(const ConfigReader& reader, const std::string& name) const;

  const MatrixReader& matrix_;
};

}  // namespace airnn
