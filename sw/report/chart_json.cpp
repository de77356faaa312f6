// SPDX-License-Identifier: Apache-2.0
#include "sw/report/chart_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "sw/report/number_text.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<const char*, 4> kKinds = {"line", "bar", "stacked_bar", "scatter"};
constexpr std::array<const char*, 3> kRoles = {"ours", "paper", "front"};

bool is_category(const ReportPlot& plot) {
  return plot.x_axis == ReportPlot::Axis::category || plot.kind == ReportPlot::Kind::bar ||
         plot.kind == ReportPlot::Kind::stacked_bar;
}

Json x_of(const ReportPoint& point, bool as_category) {
  if (const auto* text = std::get_if<std::string>(&point.x)) {
    return *text;
  }
  const double number = std::get<double>(point.x);
  ReportColumn column;
  column.exact = true;
  return as_category ? Json(cell_text(column, number)) : Json(number);
}

/// Keys for what is known only.
Json axis_json(const char* type, const std::string& label, const ReportRange& range) {
  Json axis = {{"type", type}, {"label", label}};
  if (range.least) {
    axis["least"] = *range.least;
  }
  if (range.most) {
    axis["most"] = *range.most;
  }
  if (range.whole) {
    axis["whole"] = true;
  }
  return axis;
}

Json series_json(const ReportSeries& series, bool as_category) {
  Json points = Json::array();
  for (const ReportPoint& point : series.points) {
    points.push_back({{"x", x_of(point, as_category)}, {"y", point.y}, {"note", point.note}});
  }
  return {{"name", series_name(series)},
          {"role", kRoles[static_cast<std::size_t>(series.role)]},
          {"pair", series.pair},
          {"points", points}};
}

}  // namespace

std::string chart_json(const ReportPlot& plot) {
  const bool as_category = is_category(plot);
  Json series = Json::array();
  for (const ReportSeries& one : plot.series) {
    series.push_back(series_json(one, as_category));
  }
  const Json document = {
      {"kind", kKinds[static_cast<std::size_t>(plot.kind)]},
      {"x", axis_json(as_category ? "category" : "number", plot.x_label, plot.x_range)},
      {"y", axis_json("number", plot.y_label, plot.y_range)},
      {"series", series}};
  return document.dump();
}

}  // namespace airnn
