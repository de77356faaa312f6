// SPDX-License-Identifier: Apache-2.0
#include "sw/evaluate/published_reader.h"

#include "sw/evaluate/metric.h"
#include "sw/evaluate/metric_key.h"

namespace airnn {

PublishedNumbers read_published(const ConfigReader& reader, const PointSelection& points) {
  constexpr double kMost = 1e12;
  PublishedNumbers numbers;
  numbers.source = reader.required_string("source");
  numbers.metric = required_metric(reader, "metric");
  numbers.missing = reader.string_or("missing", "");
  numbers.where = points.where(reader, !numbers.missing.empty());
  numbers.layer = reader.string_or("layer", "");
  const Metric what = metric_of(numbers.metric);
  if (is_per_iteration(what)) {
    numbers.first_iteration = reader.int_or("first_iteration", 1, 1, 32767);
    numbers.values = reader.doubles("iterations", -kMost, kMost);
    if (numbers.values.empty()) {
      reader.fail("iterations", "expected a list of numbers, one per iteration");
    }
  } else {
    numbers.values = {reader.required_double("value", -kMost, kMost)};
  }
  if (is_per_layer(what) && numbers.layer.empty()) {
    reader.required_string("layer");
  }
  return numbers;
}

}  // namespace airnn
