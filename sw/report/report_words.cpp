// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "sw/report/number_text.h"

namespace airnn {

namespace {

/// More names would hide what they stand before; tables have them all.
constexpr std::size_t kMostNames = 6;

std::string counted(std::size_t number, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", decimal_text(static_cast<double>(number), 0),
                     number == 1 ? one : many);
}

std::string list_of(const std::vector<std::string>& names, const char* separator) {
  std::string list;
  const std::size_t shown = names.size() > kMostNames ? kMostNames - 1 : names.size();
  for (std::size_t i = 0; i < shown; ++i) {
    list += (i == 0 ? "" : separator) + names[i];
  }
  return shown < names.size()
             ? fmt::format("{}{}and {} more", list, separator, names.size() - shown)
             : list;
}

std::string named(const std::vector<std::string>& names, const std::string& one,
                  const std::string& many) {
  return names.empty()
             ? ""
             : fmt::format(" {}: {}.", counted(names.size(), one, many), list_of(names, "; "));
}

std::string number_words(double number) {
  ReportColumn exact;
  exact.exact = true;
  return cell_text(exact, number);
}

/// "from 1 to 5", or the only value.
std::string ends(const std::pair<double, double>& range) {
  return range.first == range.second
             ? "always " + number_words(range.first)
             : "from " + number_words(range.first) + " to " + number_words(range.second);
}

std::pair<double, double> y_ends(const ReportPlot& plot) {
  std::optional<std::pair<double, double>> range;
  for (const ReportSeries& series : plot.series) {
    for (const ReportPoint& point : series.points) {
      range = range ? std::pair(std::min(range->first, point.y), std::max(range->second, point.y))
                    : std::pair(point.y, point.y);
    }
  }
  return range.value_or(std::pair(0.0, 0.0));
}

/// Numbers by their ends, categories by their count.
std::string x_words(const ReportPlot& plot) {
  std::vector<double> numbers;
  std::vector<std::string> names;
  for (const ReportSeries& series : plot.series) {
    for (const ReportPoint& point : series.points) {
      if (const auto* number = std::get_if<double>(&point.x)) {
        numbers.push_back(*number);
      } else if (const auto& name = std::get<std::string>(point.x);
                 std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  if (numbers.empty()) {
    return "for " + list_of(names, ", ");
  }
  const auto [least, most] = std::minmax_element(numbers.begin(), numbers.end());
  return ends({*least, *most});
}

}  // namespace

std::string progress_words(const ReportProgress& progress) {
  if (progress.is_finished()) {
    return "";
  }
  return fmt::format("Unfinished: {} of {} done.{}{}", decimal_text(progress.done, 0),
                     counted(static_cast<std::size_t>(progress.points), "point is", "points are"),
                     named(progress.failed, "point failed", "points failed"),
                     named(progress.missing, "point was not run", "points were not run"));
}

std::vector<std::string> banners_of(const ReportPart& part) {
  std::vector<std::string> banners;
  for (const std::string& words :
       {part.notice, part.progress ? progress_words(*part.progress) : std::string()}) {
    if (!words.empty()) {
      banners.push_back(words);
    }
  }
  return banners;
}

std::string plot_words(const ReportPlot& plot) {
  constexpr std::array<const char*, 4> kKinds = {"Line plot", "Bar chart", "Stacked bar chart",
                                                 "Scatter plot"};
  std::size_t points = 0;
  std::vector<std::string> names;
  for (const ReportSeries& series : plot.series) {
    points += series.points.size();
    names.push_back(series_name(series));
  }
  std::string words = plot.title.empty() ? "" : plot.title + ". ";
  words += kKinds[static_cast<std::size_t>(plot.kind)];
  words += points == 0 ? " without points." : "";
  if (points > 0) {
    words +=
        fmt::format(" of {}, {}, against {}, {}.", plot.y_label.empty() ? "y" : plot.y_label,
                    ends(y_ends(plot)), plot.x_label.empty() ? "x" : plot.x_label, x_words(plot));
    words +=
        fmt::format(" {}: {}.", counted(names.size(), "series", "series"), list_of(names, "; "));
  }
  return words + " The table below it has all its numbers.";
}

std::string picture_words(const ReportPicture& picture) {
  std::string words = picture.title.empty() ? "" : picture.title + ". ";
  words += fmt::format("Picture of {} and {}, shaded by {}.",
                       counted(picture.nodes.size(), "node", "nodes"),
                       counted(picture.links.size(), "link", "links"), picture.share_label);
  const auto busiest =
      std::max_element(picture.links.begin(), picture.links.end(),
                       [](const auto& a, const auto& b) { return a.share < b.share; });
  if (busiest != picture.links.end()) {
    words += fmt::format(" The busiest is {}.", link_words(picture, *busiest));
  }
  return words + " The table below it has all its numbers.";
}

std::string link_words(const ReportPicture& picture, const ReportPicture::Link& link) {
  return fmt::format("{}: {} {}, {} {}", link.label, picture.share_label, percent_text(link.share),
                     number_words(link.amount), picture.amount_label);
}

}  // namespace airnn
