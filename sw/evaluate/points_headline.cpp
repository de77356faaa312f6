// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/points_headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <vector>

#include "sw/evaluate/metric.h"
#include "sw/evaluate/progress.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

using Keys = std::vector<std::string>;

/// Points by a number that not all of them have.
struct Ranking {
  MeasuredPoints least;  ///< several, if they are equal
  MeasuredPoints most;
  std::size_t count = 0;
  double low = 0;
  double high = 0;
};

template <typename Value>
Ranking ranking(const MeasuredPoints& points, const Value& value_of) {
  Ranking ranks;
  for (const PointMeasures* point : points) {
    const std::optional<double> value = value_of(*point);
    if (!value) {
      continue;
    }
    if (ranks.count == 0 || *value < ranks.low) {
      ranks.low = *value;
      ranks.least.clear();
    }
    if (ranks.count == 0 || *value > ranks.high) {
      ranks.high = *value;
      ranks.most.clear();
    }
    ++ranks.count;
    if (*value == ranks.low) {
      ranks.least.push_back(point);
    }
    if (*value == ranks.high) {
      ranks.most.push_back(point);
    }
  }
  return ranks;
}

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

/// The first by name; how many are as good.
std::string subject(const MeasuredPoints& equals, const Keys& keys) {
  const std::string name = quoted(point_name(*equals.front(), keys));
  return equals.size() == 1
             ? name
             : name + " and " + count_words(equals.size() - 1, "other point", "other points");
}

std::string all_of(std::size_t points) {
  return points == 2 ? "both points" : "all " + count_words(points, "point", "points");
}

/// "1.042 times the time", but "the same time".
std::string times_words(double ratio, const char* what) {
  const std::string text = ratio_words(ratio);
  return text == "1" ? std::string("the same ") + what : text + " times the " + what;
}

std::string accuracy_words(const PointMeasures& point) {
  const std::optional<double> accuracy = point.value(Metric::accuracy, Accounting::all);
  return accuracy ? ", with an accuracy of " + percent_words(*accuracy) : "";
}

/// What a point has beside its energy, against its base.
std::string beside_energy(const PointMeasures& point) {
  const std::optional<double> time = point.value(Metric::time, Accounting::all);
  std::string text = time ? ", in " + times_words(*time, "time") : "";
  if (point.run->accuracy() && point.base->accuracy()) {
    const std::string of_base = percent_words(*point.base->accuracy());
    text += percent_words(*point.run->accuracy()) == of_base
                ? ", with the same accuracy of " + of_base
                : accuracy_words(point) + " against " + of_base;
  }
  return text;
}

std::string against_base(const Ranking& ranks, const Keys& keys) {
  const std::string name = subject(ranks.least, keys);
  const std::string points = count_words(ranks.count, "point", "points");
  const bool alone = ranks.least.size() == 1;
  // What is equal in energy need not be in time and accuracy.
  const std::string rest = alone ? beside_energy(*ranks.least.front()) : "";
  if (ranks.count == 1) {
    return fmt::format("Relative to base, {} needs {}{}", name, times_words(ranks.low, "energy"),
                       rest);
  }
  if (ranks.low < 1) {
    return fmt::format("Relative to base, {} {} the least energy of {}: {} times as much{}", name,
                       alone ? "needs" : "need", points, ratio_words(ranks.low), rest);
  }
  return fmt::format("Relative to base, none of {} needs less energy; {} {} nearest with {}{}",
                     points, name, alone ? "comes" : "come", times_words(ranks.low, "energy"),
                     rest);
}

std::string in_itself(const Ranking& ranks, const Keys& keys) {
  const PointMeasures& best = *ranks.least.front();
  const bool alone = ranks.least.size() == 1;
  const std::string name = subject(ranks.least, keys);
  const std::string energy = number_words(ranks.low) + " nJ per input";
  std::string text = ranks.count == 1 ? name + " needs " + energy
                                      : fmt::format("Of {}, {} {} the least energy: {}",
                                                    count_words(ranks.count, "point", "points"),
                                                    name, alone ? "needs" : "need", energy);
  if (const auto cycles = best.value(Metric::cycles_per_input, Accounting::all); cycles && alone) {
    text += ", in " + number_words(*cycles) + " cycles" + accuracy_words(best);
  }
  return text;
}

std::string of_elbows(const Ranking& ranks, const Keys& keys) {
  if (ranks.low == ranks.high) {
    return fmt::format("The elbow lies at {} clusters{}", number_words(ranks.low),
                       ranks.count == 1 ? "" : " for " + all_of(ranks.count));
  }
  return fmt::format("The elbow lies between {} clusters ({}) and {} ({})", number_words(ranks.low),
                     subject(ranks.least, keys), number_words(ranks.high),
                     subject(ranks.most, keys));
}

std::string of_done(const MeasuredPoints& done, const Keys& keys) {
  const Ranking ratios = ranking(done, [](const PointMeasures& point) {
    return is_base(point) ? std::nullopt : point.value(Metric::energy, Accounting::all);
  });
  if (ratios.count > 0) {
    return against_base(ratios, keys);
  }
  const Ranking energies = ranking(done, [](const PointMeasures& point) {
    return point.value(Metric::energy_per_input, Accounting::all);
  });
  if (energies.count > 0) {
    return in_itself(energies, keys);
  }
  const Ranking elbows = ranking(
      done, [](const PointMeasures& point) { return point.value(Metric::elbow, Accounting::all); });
  return elbows.count > 0
             ? of_elbows(elbows, keys)
             : count_words(done.size(), "point is", "points are") + " compiled and not simulated";
}

}  // namespace

std::string points_headline(const MeasuredPoints& points) {
  if (points.empty()) {
    return "There are no points.";
  }
  MeasuredPoints done;
  std::copy_if(points.begin(), points.end(), std::back_inserter(done),
               [](const PointMeasures* point) { return is_done(*point); });
  const std::size_t open = points.size() - done.size();
  const std::string all = count_words(points.size(), "point", "points");
  if (done.empty()) {
    return points.size() == 1 ? "The only point is not done." : "None of " + all + " is done.";
  }
  const std::string text = of_done(done, varying_keys(points));
  return open == 0
             ? text + "."
             : fmt::format("{}; {} of {} {} not done.", text, open, all, open == 1 ? "is" : "are");
}

std::string iterations_headline(const MeasuredPoints& points) {
  // The base has one iteration, which says nothing.
  const bool only_base = std::all_of(points.begin(), points.end(), [](const auto* point) {
    return !point->run || is_base(*point);
  });
  const Ranking ranks = ranking(points, [&](const PointMeasures& point) {
    return point.run && (only_base || !is_base(point)) && point.run->inputs() > 0
               ? point.value(Metric::mean_iterations, Accounting::all)
               : std::nullopt;
  });
  const Keys keys = varying_keys(points);
  const auto iterations = [](double mean) {
    return number_words(mean) + (mean == 1 ? " iteration" : " iterations");
  };
  if (ranks.count == 0) {
    return "No input was simulated.";
  }
  if (ranks.low == ranks.high) {
    return fmt::format("Inputs stop after {} on the mean{}.", iterations(ranks.low),
                       ranks.count == 1 ? "" : ", at " + all_of(ranks.count));
  }
  return fmt::format(
      "Inputs stop earliest at {}, after {} on the mean, and latest at {}, after {}.",
      subject(ranks.least, keys), iterations(ranks.low), subject(ranks.most, keys),
      iterations(ranks.high));
}

}  // namespace airnn
