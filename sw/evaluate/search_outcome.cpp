// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/search_outcome.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sw/evaluate/progress.h"

namespace airnn {

namespace {

// Beyond what any objective can be, and by whole numbers far enough from each other.
constexpr double kViolating = 1e12;
constexpr double kViolation = 1e6;
constexpr double kMostViolation = 1e5;
constexpr double kFailed = 1e13;
/// Bounds below it are taken for it where distances from a bound are compared.
constexpr double kSmallBound = 1e-3;

SearchStanding standing_of(const SearchSpec& search, const PointMeasures& point) {
  if (!point.run) {
    return point.failure.empty() ? SearchStanding::missing : SearchStanding::failed;
  }
  const std::optional<double> violation = violation_of(search, point);
  if (!violation || !objectives_of(search, point)) {
    return SearchStanding::failed;
  }
  return *violation > 0 ? SearchStanding::violating : SearchStanding::dominated;
}

/// The same settings but for the network.
const PointMeasures* twin_of(const PointMeasures& point, const MeasuredPoints& among) {
  Settings wanted = point.point->settings;
  wanted.erase(std::remove_if(wanted.begin(), wanted.end(),
                              [](const Setting& setting) { return setting.key == "network"; }),
               wanted.end());
  const auto found = std::find_if(among.begin(), among.end(), [&](const PointMeasures* other) {
    return other->point->settings.size() == wanted.size() + 1 &&
           matches(other->point->settings, wanted);
  });
  return found == among.end() ? nullptr : *found;
}

/// The best or worst value of each objective.
template <typename Choose>
Fitness corner(const std::vector<Fitness>& points, Choose choose) {
  Fitness corner = points.front();
  for (const Fitness& point : points) {
    for (std::size_t i = 0; i < corner.size(); ++i) {
      corner[i] = choose(corner[i], point[i]);
    }
  }
  return corner;
}

/// The generations, each with those before it; `kept` has a point of `points` each.
std::vector<SearchRound> rounds_of(const MeasuredPoints& points,
                                   const std::vector<std::optional<Fitness>>& kept) {
  std::vector<Fitness> all;
  for (const std::optional<Fitness>& fitness : kept) {
    if (fitness) {
      all.push_back(*fitness);
    }
  }
  const Fitness worst =
      all.empty() ? Fitness() : corner(all, [](double a, double b) { return std::max(a, b); });
  const Fitness best =
      all.empty() ? Fitness() : corner(all, [](double a, double b) { return std::min(a, b); });
  double box = 1;
  for (std::size_t i = 0; i < best.size(); ++i) {
    box *= worst[i] - best[i];
  }
  std::vector<SearchRound> rounds;
  std::vector<Fitness> front;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t generation = points[i]->point->generation;
    if (rounds.empty() || rounds.back().generation != generation) {
      const SearchRound before = rounds.empty() ? SearchRound() : rounds.back();
      rounds.push_back({generation, before.measured, before.kept, 0, 0});
    }
    ++rounds.back().measured;
    if (kept[i]) {
      ++rounds.back().kept;
      front.push_back(*kept[i]);
    }
    const bool is_last = i + 1 == points.size() || points[i + 1]->point->generation != generation;
    if (is_last) {
      std::vector<Fitness> left;
      for (const std::size_t index : pareto_front(front)) {
        left.push_back(std::move(front[index]));
      }
      front = std::move(left);
      rounds.back().front = front.size();
      rounds.back().hypervolume = box > 0 ? hypervolume(front, worst) / box : 0;
    }
  }
  return rounds;
}

/// Standings, front and rounds.
SearchOutcome judged(const SearchSpec& search, const std::vector<PointMeasures>& points) {
  SearchOutcome outcome;
  outcome.points = points_of(static_cast<std::size_t>(SearchPart::judged), points);
  std::vector<std::optional<Fitness>> kept;
  std::vector<std::size_t> keeping;
  std::vector<Fitness> fitness;
  for (const PointMeasures* point : outcome.points) {
    outcome.standings.push_back(standing_of(search, *point));
    const bool keeps = outcome.standings.back() == SearchStanding::dominated;
    kept.push_back(keeps ? objectives_of(search, *point) : std::nullopt);
    if (keeps) {
      keeping.push_back(kept.size() - 1);
      fitness.push_back(*kept.back());
    }
  }
  std::vector<std::size_t> front = pareto_front(fitness);
  std::stable_sort(front.begin(), front.end(),
                   [&](std::size_t a, std::size_t b) { return fitness[a] < fitness[b]; });
  for (const std::size_t index : front) {
    outcome.standings[keeping[index]] = SearchStanding::front;
    outcome.front.push_back(outcome.points[keeping[index]]);
  }
  outcome.rounds = rounds_of(outcome.points, kept);
  return outcome;
}

}  // namespace

const char* words_of(SearchStanding standing) {
  switch (standing) {
    case SearchStanding::front:
      return "on the front";
    case SearchStanding::dominated:
      return "dominated";
    case SearchStanding::violating:
      return "violates a constraint";
    case SearchStanding::failed:
      return "failed";
    case SearchStanding::missing:
      break;
  }
  return "missing";
}

std::optional<double> accuracy_loss(const PointMeasures& point) {
  const std::optional<double> base = point.base == nullptr ? std::nullopt : point.base->accuracy();
  const std::optional<double> own = point.run ? point.run->accuracy() : std::nullopt;
  return base && own ? std::optional(*base - *own) : std::nullopt;
}

std::optional<Fitness> objectives_of(const SearchSpec& search, const PointMeasures& point) {
  Fitness fitness;
  for (const SearchObjective& objective : search.objectives) {
    const std::optional<double> value = point.value(objective.metric, Accounting::all);
    if (!value) {
      return std::nullopt;
    }
    fitness.push_back(objective.is_maximised ? -*value : *value);
  }
  return fitness;
}

std::optional<double> violation_of(const SearchSpec& search, const PointMeasures& point) {
  double violation = 0;
  for (const SearchConstraint& constraint : search.constraints) {
    const std::optional<double> value =
        constraint.metric ? point.value(*constraint.metric, Accounting::all) : accuracy_loss(point);
    if (!value) {
      return std::nullopt;
    }
    const double excess =
        constraint.is_least ? constraint.bound - *value : *value - constraint.bound;
    // A difference of shares is as exact as doubles are.
    constexpr double kRounding = 1e-12;
    if (excess > kRounding) {
      violation += excess / std::max(std::abs(constraint.bound), kSmallBound);
    }
  }
  return violation;
}

Fitness fitness_of(const SearchSpec& search, const PointMeasures& point) {
  const std::optional<Fitness> objectives = objectives_of(search, point);
  const std::optional<double> violation = violation_of(search, point);
  if (!objectives || !violation) {
    return Fitness(search.objectives.size(), kFailed);
  }
  return *violation > 0 ? Fitness(search.objectives.size(),
                                  kViolating + kViolation * std::min(*violation, kMostViolation))
                        : *objectives;
}

MeasuredPoints front_of(const SearchSpec& search, const std::vector<PointMeasures>& points) {
  return judged(search, points).front;
}

SearchOutcome outcome_of(const Plan& plan, const std::vector<PointMeasures>& points) {
  const SearchSpec& search = *plan.experiments.front().search;
  SearchOutcome outcome = judged(search, points);
  const MeasuredPoints confirmed =
      points_of(static_cast<std::size_t>(SearchPart::confirmed), points);
  for (const PointMeasures* point : outcome.front) {
    outcome.confirmed.push_back(twin_of(*point, confirmed));
  }
  MeasuredPoints others;
  for (const PointMeasures* base : points_of(static_cast<std::size_t>(SearchPart::base), points)) {
    const bool judges = name_of(base->point->settings, "network") == search.network;
    (judges ? outcome.bases : others).push_back(base);
  }
  for (const PointMeasures* base : outcome.bases) {
    outcome.confirmed_bases.push_back(twin_of(*base, others));
  }
  return outcome;
}

}  // namespace airnn
