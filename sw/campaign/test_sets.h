// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "sw/data/image_set.h"
#include "sw/evaluate/experiment.h"

namespace airnn {

/// The inputs of an experiment's networks; each file is read once.
class TestSets {
 public:
  /// Reads and checks what `tested` names; `network` is the model itself. Throws UserError.
  const LabelledSet& read(const TestedNetwork& tested, const Network& network);
  /// One that has been read.
  const LabelledSet& of(const std::string& network) const { return *by_network_.at(network); }
  /// Index of the first of them that is to be run.
  std::int64_t first(const std::string& network) const { return firsts_.at(network); }
  /// How many of them are to be run.
  std::int64_t count(const std::string& network) const { return counts_.at(network); }

 private:
  std::map<std::string, LabelledSet> by_files_;
  std::map<std::string, const LabelledSet*> by_network_;
  std::map<std::string, std::int64_t> firsts_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace airnn
