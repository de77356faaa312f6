// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sw/evaluate/plan.h"
#include "sw/evaluate/point_labels.h"
#include "sw/evaluate/search_spec.h"
#include "sw/optimize/pareto.h"

namespace airnn {

/// What became of a point of a search.
enum class SearchStanding {
  front,      ///< keeps all constraints, and no other such point dominates it
  dominated,  ///< by one that keeps all constraints
  violating,  ///< a constraint
  failed,     ///< or has no value of an objective or constraint
  missing     ///< was not run
};

/// In words: "on the front".
const char* words_of(SearchStanding standing);

/// A search after a generation.
struct SearchRound {
  std::size_t generation = 0;
  std::size_t measured = 0;  ///< points, as all numbers of this generation and those before
  std::size_t kept = 0;      ///< of them, those that keep all constraints
  std::size_t front = 0;     ///< of these, those that no other dominates
  /// What these dominate of the box between the best and the worst value of each objective that a
  /// point of the whole search has, which keeps all constraints.
  double hypervolume = 0;
};

/// What a search has found; the points belong to the list that it was made of.
struct SearchOutcome {
  MeasuredPoints points;  ///< that were searched, in their order
  std::vector<SearchStanding> standings;
  MeasuredPoints front;      ///< the best by the first objective first
  MeasuredPoints confirmed;  ///< the same on the inputs that confirm; null where it is not there
  MeasuredPoints bases;      ///< the base accelerator on the inputs that judge
  MeasuredPoints confirmed_bases;  ///< as `confirmed`
  std::vector<SearchRound> rounds;
};

/// Nothing if an objective has no value.
std::optional<Fitness> objectives_of(const SearchSpec& search, const PointMeasures& point);
/// By how much of the bounds a point misses them; 0: it keeps all. Nothing if that is not known.
std::optional<double> violation_of(const SearchSpec& search, const PointMeasures& point);
/// Accuracy lost against the base accelerator under the same conditions.
std::optional<double> accuracy_loss(const PointMeasures& point);

/// What evolution goes by: points that keep all constraints by their objectives; each of them
/// dominates all others, of which one that violates less dominates one that violates more.
Fitness fitness_of(const SearchSpec& search, const PointMeasures& point);

/// Of the points of a suite whose first experiment is this search, those on the front.
MeasuredPoints front_of(const SearchSpec& search, const std::vector<PointMeasures>& points);

/// Of a plan whose first experiment is a search.
SearchOutcome outcome_of(const Plan& plan, const std::vector<PointMeasures>& points);

}  // namespace airnn
