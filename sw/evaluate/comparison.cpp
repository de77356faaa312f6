// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "sw/evaluate/comparison_headline.h"
#include "sw/evaluate/document_table.h"
#include "sw/evaluate/words.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// How far two numbers are from each other, as factors.
double distance(const ComparedNumber& number) {
  const std::optional<double> ratio = number.ratio();
  return ratio && *ratio > 0 ? std::abs(std::log(*ratio)) : HUGE_VAL;
}

/// Several, if they are equally near.
void mark_nearest(std::vector<ComparedNumber>::iterator begin,
                  std::vector<ComparedNumber>::iterator end) {
  double least = HUGE_VAL;
  for (auto number = begin; number != end; ++number) {
    least = std::min(least, distance(*number));
  }
  for (auto number = begin; number != end; ++number) {
    number->nearest = std::isfinite(least) && distance(*number) == least;
  }
}

/// "lenet5, 12 clusters": what a published number speaks of.
std::string subject_of(const PublishedNumbers& published) {
  std::string subject;
  for (const Setting& setting : published.where) {
    subject += (subject.empty() ? "" : ", ") + setting_words(setting);
  }
  return subject;
}

/// With its unit, but for shares, which have no other.
std::string metric_words(const PublishedNumbers& published) {
  const Metric metric = metric_of(published.metric);
  return range_of(metric).most ? words_of(metric) : label_of(metric);
}

bool has_layers(const std::vector<ComparedNumber>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(),
                     [](const auto& number) { return !number.published->layer.empty(); });
}

/// More than one of ours stand beside a published one.
bool has_readings(const std::vector<ComparedNumber>& numbers) {
  return std::adjacent_find(numbers.begin(), numbers.end(), [](const auto& a, const auto& b) {
           return a.published == b.published && a.iteration == b.iteration;
         }) != numbers.end();
}

/// Readings of the same published numbers: one point, one accounting.
struct Reading {
  const ComparedNumber* first = nullptr;
  double sum = 0;
  double farthest = 0;
  int numbers = 0;
  int nearest = 0;
};

bool is_same_reading(const ComparedNumber& a, const ComparedNumber& b) {
  return a.published->source == b.published->source && a.published->metric == b.published->metric &&
         a.published->layer == b.published->layer && a.accounting == b.accounting &&
         a.point == b.point && subject_of(*a.published) == subject_of(*b.published);
}

/// "energy of an input of "lenet5", only reading values counted, beside Table II".
std::string reading_words(const Reading& reading) {
  const ComparedNumber& first = *reading.first;
  const Metric metric = metric_of(first.published->metric);
  const std::string counted = words_of(first.accounting);
  return fmt::format("{}{}{}{}, beside {}", words_of(metric),
                     first.point.empty() ? "" : " of \"" + first.point + "\"",
                     first.published->layer.empty() ? "" : ", layer " + first.published->layer,
                     accountings_of(metric).size() > 1 ? ", " + counted + " counted" : "",
                     first.published->source);
}

double mean_factor(const Reading& reading) {
  return std::exp(reading.sum / reading.numbers);
}

std::string readings_headline(const std::vector<Reading>& readings) {
  if (readings.empty()) {
    return "No reading can be compared.";
  }
  const auto [nearest, farthest] = std::minmax_element(
      readings.begin(), readings.end(),
      [](const Reading& a, const Reading& b) { return mean_factor(a) < mean_factor(b); });
  const std::string text = fmt::format("{}: a factor of {} on the mean", reading_words(*nearest),
                                       ratio_words(mean_factor(*nearest)));
  return readings.size() == 1
             ? "The one reading is " + text + "."
             : fmt::format("The nearest of {} readings is {}; the farthest is at {}.",
                           readings.size(), text, ratio_words(mean_factor(*farthest)));
}

Json readings_table(const std::vector<ComparedNumber>& numbers) {
  std::vector<Reading> readings;
  for (const ComparedNumber& number : numbers) {
    if (!std::isfinite(distance(number))) {
      continue;
    }
    auto reading = std::find_if(readings.begin(), readings.end(), [&](const Reading& known) {
      return is_same_reading(*known.first, number);
    });
    if (reading == readings.end()) {
      reading = readings.insert(reading, Reading{&number});
    }
    reading->sum += distance(number);
    reading->farthest = std::max(reading->farthest, distance(number));
    reading->nearest += number.nearest ? 1 : 0;
    ++reading->numbers;
  }
  DocumentTable table(
      "How near each reading comes",
      "Factors between the paper's numbers and ours, whichever is larger: 1 is equal.");
  table.headline(readings_headline(readings));
  table.text("source").text("metric").text("point");
  const bool layers = has_layers(numbers);
  if (layers) {
    table.text("layer");
  }
  table.text("counted");
  table.number("numbers", 0).number("mean factor", 3).number("largest factor", 3);
  table.number("nearest", 0);
  for (const Reading& reading : readings) {
    const ComparedNumber& first = *reading.first;
    std::vector<Json> row{first.published->source, metric_words(*first.published), first.point};
    if (layers) {
      row.emplace_back(first.published->layer);
    }
    row.insert(row.end(), {words_of(first.accounting), reading.numbers, mean_factor(reading),
                           std::exp(reading.farthest), reading.nearest});
    table.add_row(std::move(row));
  }
  return table.json();
}

}  // namespace

std::optional<double> ComparedNumber::ratio() const {
  return ours && theirs != 0 ? std::optional<double>(*ours / theirs) : std::nullopt;
}

std::vector<ComparedNumber> compare_numbers(const Experiment& experiment,
                                            const MeasuredPoints& points) {
  std::vector<ComparedNumber> numbers;
  const std::vector<std::string> keys = varying_keys(points);
  for (const PublishedNumbers& published : experiment.published) {
    const Metric metric = metric_of(published.metric);
    const MeasuredPoints found = matching(points, published.where);
    for (std::size_t i = 0; i < published.values.size(); ++i) {
      ComparedNumber number;
      number.published = &published;
      number.theirs = published.values[i];
      if (published.first_iteration > 0) {
        number.iteration = published.first_iteration + static_cast<int>(i);
      }
      const auto begin = static_cast<std::ptrdiff_t>(numbers.size());
      for (const PointMeasures* point : found) {
        for (const Accounting accounting : accountings_of(metric)) {
          number.ours = point->value(metric, accounting, number.iteration, published.layer);
          if (number.ours) {
            number.point = point_name(*point, keys);
            number.accounting = accounting;
            numbers.push_back(number);
          }
        }
      }
      if (begin == static_cast<std::ptrdiff_t>(numbers.size())) {
        number.point = subject_of(published);
        number.ours.reset();
        numbers.push_back(number);
      }
      mark_nearest(numbers.begin() + begin, numbers.end());
    }
  }
  return numbers;
}

std::vector<Json> comparison_tables(const Experiment& experiment, const MeasuredPoints& points) {
  const std::vector<ComparedNumber> numbers = compare_numbers(experiment, points);
  if (numbers.empty()) {
    return {};
  }
  const bool several = has_readings(numbers);
  const bool layers = has_layers(numbers);
  DocumentTable table("Published and measured");
  table.headline(comparison_headline(numbers));
  table.text("source").text("metric").text("point");
  if (layers) {
    table.text("layer");
  }
  table.number("iteration", 0);
  if (several) {
    table.text("counted");
  }
  table.number("paper").number("ours").number("ours / paper", 3);
  if (several) {
    table.mark("nearest");
  }
  table.text("remark");
  for (const ComparedNumber& number : numbers) {
    const PublishedNumbers& published = *number.published;
    std::vector<Json> row{published.source, metric_words(published), number.point};
    if (layers) {
      row.emplace_back(published.layer);
    }
    row.push_back(number.iteration > 0 ? Json(number.iteration) : Json());
    if (several) {
      row.emplace_back(words_of(number.accounting));
    }
    row.emplace_back(number.theirs);
    row.push_back(cell(number.ours));
    row.push_back(cell(number.ratio()));
    if (several) {
      row.emplace_back(number.nearest);
    }
    row.emplace_back(number.ours ? "" : published.missing);
    table.add_row(row);
  }
  std::vector<Json> tables{table.json()};
  if (several) {
    tables.insert(tables.begin(), readings_table(numbers));
  }
  return tables;
}

}  // namespace airnn
