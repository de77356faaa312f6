// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace airnn {

namespace {

constexpr const char* kSpace = " \t\r\n\f\v";

ReportColumn axis_column(const std::string& label, const char* substitute, bool is_number) {
  ReportColumn column;
  column.label = label.empty() ? substitute : label;
  column.type = is_number ? ReportColumn::Type::number : ReportColumn::Type::text;
  column.exact = true;
  return column;
}

bool has_notes(const ReportPlot& plot) {
  return std::any_of(plot.series.begin(), plot.series.end(), [](const ReportSeries& series) {
    return std::any_of(series.points.begin(), series.points.end(),
                       [](const ReportPoint& point) { return !point.note.empty(); });
  });
}

}  // namespace

void make_ids_unique(Report& report) {
  std::set<std::string> taken;
  for (ReportPart& part : report) {
    for (ReportSection& section : part.sections) {
      std::string id = section.id;
      for (int number = 2; !taken.insert(id).second; ++number) {
        id = section.id + "-" + std::to_string(number);
      }
      section.id = id;
    }
  }
}

std::string series_name(const ReportSeries& series) {
  const bool says_so = series.label.find("paper") != std::string::npos ||
                       series.label.find("Paper") != std::string::npos;
  if (series.role != ReportSeries::Role::paper || says_so) {
    return series.label;
  }
  return series.label.empty() ? "paper" : series.label + " (paper)";
}

ReportTable table_of_points(const ReportPlot& plot) {
  const bool notes = has_notes(plot);
  ReportTable table;
  table.columns = {axis_column("series", "", false),
                   axis_column(plot.x_label, "x", plot.x_axis == ReportPlot::Axis::number),
                   axis_column(plot.y_label, "y", true)};
  if (notes) {
    table.columns.push_back(axis_column("note", "", false));
  }
  for (const ReportSeries& series : plot.series) {
    for (const ReportPoint& point : series.points) {
      const ReportCell x = std::visit([](const auto& value) { return ReportCell(value); }, point.x);
      table.rows.push_back({series_name(series), x, point.y});
      if (notes) {
        table.rows.back().emplace_back(point.note);
      }
    }
  }
  return table;
}

ReportTable table_of_links(const ReportPicture& picture) {
  ReportTable table;
  table.columns = {axis_column("link", "", false), axis_column("from", "", false),
                   axis_column("to", "", false), axis_column(picture.amount_label, "amount", true),
                   axis_column(picture.share_label, "share", true)};
  for (const ReportPicture::Link& link : picture.links) {
    const auto end = [&](std::size_t node, bool is_units) {
      return ReportCell(is_units ? "units of " + picture.nodes[node].label
                                 : picture.nodes[node].label);
    };
    table.rows.push_back({link.label, end(link.from, link.from_units), end(link.to, link.to_units),
                          link.amount, link.share});
  }
  return table;
}

std::vector<std::string> paragraphs_of(const std::string& text) {
  std::vector<std::string> paragraphs;
  std::istringstream lines(text);
  bool goes_on = false;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(kSpace);
    if (first == std::string::npos) {
      goes_on = false;
      continue;
    }
    line = line.substr(first, line.find_last_not_of(kSpace) + 1 - first);
    if (goes_on) {
      paragraphs.back() += "\n" + line;
    } else {
      paragraphs.push_back(line);
    }
    goes_on = true;
  }
  return paragraphs;
}

}  // namespace airnn
