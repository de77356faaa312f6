// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "sw/campaign/search/search.h"
#include "sw/evaluate/search_spec.h"
#include "sw/optimize/evolution.h"

namespace airnn {

/// Looks for points in the space of the suite's search (docs/search.md). With each point comes the
/// base accelerator under the same conditions. What is on the front in the end is measured again on
/// the inputs that confirm, if there are any.
class SpaceSearch : public Search {
 public:
  /// Throws UserError if the suite has no search.
  explicit SpaceSearch(const ExperimentSuite& suite);
  std::vector<ProposedPoint> next(const MeasuredSoFar& measured) override;

 protected:
  const SearchSpec& search() const { return search_; }
  /// Of the axes that have something to choose, how many choices.
  const std::vector<std::size_t>& choices() const { return choices_; }
  /// Refuses a key of the search that this algorithm has no use for.
  void refuse(const char* key, bool is_there) const;
  [[noreturn]] void fail(const std::string& what) const;

 private:
  /// Genomes that are to be measured next; none: the search is at its end. Equal fitness gives
  /// equal genomes.
  virtual WantedGenomes wanted(const FitnessOf& fitness) = 0;

  Settings settings_of(const Genome& genome) const;
  std::vector<ProposedPoint> propose(const WantedGenomes& wanted);
  void propose_base(const Settings& settings, std::vector<ProposedPoint>& points);
  std::vector<ProposedPoint> confirm(const std::vector<PointMeasures>& measured);

  const SearchSpec& search_;
  std::vector<std::size_t> choices_;
  std::size_t proposed_ = 0;                    ///< points so far
  std::map<std::string, std::size_t> by_text_;  ///< of settings and part
  std::map<Genome, std::size_t> points_;        ///< of the genomes that were wanted
  std::map<std::size_t, Fitness> fitness_;      ///< of points
  bool is_done_ = false;
};

}  // namespace airnn
