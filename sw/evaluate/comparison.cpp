// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sw/evaluate/document_table.h"

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

/// "lenet5, clusters 12, layer /0/Conv": what a published number speaks of.
std::string subject_of(const PublishedNumbers& published) {
  std::string subject;
  for (const Setting& setting : published.where) {
    const std::string key = setting.key.substr(setting.key.rfind('.') + 1);
    subject += subject.empty() ? "" : ", ";
    subject += key == "network" || key == "scheme" ? setting.name : key + " " + setting.name;
  }
  if (!published.layer.empty()) {
    subject += (subject.empty() ? "layer " : ", layer ") + published.layer;
  }
  return subject;
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
         a.accounting == b.accounting && a.point == b.point &&
         subject_of(*a.published) == subject_of(*b.published);
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
  table.text("source").text("metric").text("of").text("point").text("counted");
  table.number("numbers", 0).number("mean factor", 3).number("largest factor", 3);
  table.number("nearest", 0);
  for (const Reading& reading : readings) {
    const ComparedNumber& first = *reading.first;
    table.add_row({first.published->source, first.published->metric, subject_of(*first.published),
                   first.point, to_string(first.accounting), reading.numbers,
                   std::exp(reading.sum / reading.numbers), std::exp(reading.farthest),
                   reading.nearest});
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
  for (const PublishedNumbers& published : experiment.published) {
    const Metric metric = metric_of(published.metric);
    const MeasuredPoints found = matching(points, published.where);
    const std::vector<std::string> keys = varying_keys(found);
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
            number.point = label_of(*point, keys);
            number.accounting = accounting;
            numbers.push_back(number);
          }
        }
      }
      if (begin == static_cast<std::ptrdiff_t>(numbers.size())) {
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
  const bool several = std::any_of(numbers.begin(), numbers.end(), [](const auto& number) {
    return number.accounting != Accounting::all || !number.point.empty();
  });
  DocumentTable table("Published and measured");
  table.text("source").text("metric").text("of").number("iteration", 0);
  if (several) {
    table.text("point").text("counted");
  }
  table.number("paper").number("ours").number("ours / paper", 3);
  if (several) {
    table.mark("nearest");
  }
  table.text("remark");
  for (const ComparedNumber& number : numbers) {
    const PublishedNumbers& published = *number.published;
    std::vector<Json> row{published.source, published.metric, subject_of(published),
                          number.iteration > 0 ? Json(number.iteration) : Json()};
    if (several) {
      row.emplace_back(number.point);
      row.emplace_back(to_string(number.accounting));
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
