// SPDX-License-Identifier: Apache-2.0
#include "sw/report/picture_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sw/report/html_text.h"
#include "sw/report/number_text.h"
#include "sw/report/report_words.h"

namespace airnn {

namespace {

// In pixels, from the middle of a router.
constexpr double kRouter = 20;  ///< to its edge
constexpr double kUnits = 60;   ///< to the corner of the box with its units
constexpr double kBeside = 6;   ///< of the two links between neighbours each from the middle
constexpr double kRoom = 44;    ///< between a box and the router behind it
constexpr double kMargin = 28;
constexpr double kBorder = 10;          ///< of a box, above and below
constexpr double kLine = 14;            ///< of text
constexpr double kLetter = 6.3;         ///< width on average
constexpr double kLeastShown = 0.0005;  ///< what is less is where the pointer is, and in the table
constexpr std::size_t kMostLines = 4;
constexpr std::size_t kMostLetters = 27;

/// Light to dark; the lightest can be told from the page.
constexpr std::array<std::array<double, 3>, 2> kShades = {{{176, 196, 222}, {8, 48, 107}}};
constexpr const char* kUnused = "#d8dce2";

struct Point {
  double x = 0;
  double y = 0;
};

std::string shade(double part) {
  std::array<int, 3> colour{};
  for (std::size_t i = 0; i < colour.size(); ++i) {
    colour[i] =
        static_cast<int>(std::lround(kShades[0][i] + part * (kShades[1][i] - kShades[0][i])));
  }
  return fmt::format("#{:02x}{:02x}{:02x}", colour[0], colour[1], colour[2]);
}

/// The first names, shortened where they are long, and how many more there are.
std::vector<std::string> lines_of(const ReportPicture::Node& node) {
  std::vector<std::string> lines;
  const bool has_more = node.units.size() > kMostLines;
  const std::size_t shown = has_more ? kMostLines - 1 : node.units.size();
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& name = node.units[i];
    lines.push_back(name.size() > kMostLetters ? name.substr(0, kMostLetters - 1) + "\u2026"
                                               : name);
  }
  if (has_more) {
    lines.push_back(fmt::format("and {} more", node.units.size() - shown));
  }
  return lines;
}

/// Where everything is: boxes are all as large as the largest.
class Drawing {
 public:
  explicit Drawing(const ReportPicture& picture) : picture_(picture) {
    std::size_t letters = 0;
    std::size_t lines = 1;
    for (const ReportPicture::Node& node : picture.nodes) {
      columns_ = std::max(columns_, node.x + 1);
      rows_ = std::max(rows_, node.y + 1);
      const std::vector<std::string> text = lines_of(node);
      lines = std::max(lines, text.size());
      for (const std::string& line : text) {
        letters = std::max(letters, line.size());
      }
    }
    box_ = {16 + kLetter * static_cast<double>(letters),
            kBorder + kLine * static_cast<double>(lines)};
    step_ = {kUnits + box_.x + kRoom, kUnits + box_.y + kRoom};
    for (const ReportPicture::Link& link : picture.links) {
      most_ = std::max(most_, link.share);
    }
  }

  std::string text() const {
    const Point size = {2 * kMargin + kRouter + (columns_ - 1) * step_.x + kUnits + box_.x,
                        2 * kMargin + kRouter + (rows_ - 1) * step_.y + kUnits + box_.y};
    std::string svg = fmt::format(
        "<svg role=\"img\" aria-label=\"{}\" width=\"{:.0f}\" height=\"{:.0f}\" "
        "viewBox=\"0 0 {:.0f} {:.0f}\">\n",
        html_escaped(picture_words(picture_)), size.x, size.y, size.x, size.y);
    for (const ReportPicture::Link& link : picture_.links) {
      const bool has_units = !picture_.nodes[link.from].units.empty();
      if (link.from != link.to || has_units || link.amount > 0) {
        svg += arrow(link);
      }
    }
    for (const ReportPicture::Node& node : picture_.nodes) {
      svg += box(node);
    }
    return svg + "</svg>\n";
  }

 private:
  Point middle(std::size_t node) const {
    return {kMargin + kRouter + picture_.nodes[node].x * step_.x,
            kMargin + kRouter + picture_.nodes[node].y * step_.y};
  }

  std::string box(const ReportPicture::Node& node) const {
    const Point at = {kMargin + kRouter + node.x * step_.x, kMargin + kRouter + node.y * step_.y};
    std::string all;
    for (const std::string& unit : node.units) {
      all += (all.empty() ? ": " : ", ") + unit;
    }
    std::string text = fmt::format(
        "<g class=\"node\"><title>{}</title><rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{}\" "
        "height=\"{}\" rx=\"4\"/><text class=\"router\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>",
        html_escaped(node.label + all), at.x - kRouter, at.y - kRouter, 2 * kRouter, 2 * kRouter,
        at.x, at.y + 5, html_escaped(node.label));
    const std::vector<std::string> lines = lines_of(node);
    const double height = kBorder + kLine * static_cast<double>(lines.size());
    if (!lines.empty()) {
      text += fmt::format(
          "<rect class=\"units\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
          "rx=\"4\"/>",
          at.x + kUnits, at.y + kUnits, box_.x, height);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>", at.x + kUnits + 8,
                          at.y + kUnits + 2 + kLine * static_cast<double>(i + 1),
                          html_escaped(lines[i]));
    }
    return text + "</g>\n";
  }

  /// Towards the units, or away from them; else from router to router.
  std::pair<Point, Point> ends(const ReportPicture::Link& link) const {
    const Point from = middle(link.from);
    if (link.to_units || link.from_units) {
      const Point router = {from.x + kRouter, from.y + kRouter};
      const Point units = {from.x + kUnits, from.y + kUnits};
      return link.to_units ? std::pair(router, units) : std::pair(units, router);
    }
    const Point to = middle(link.to);
    const double length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
    const Point step = {(to.x - from.x) / length * kRouter, (to.y - from.y) / length * kRouter};
    return {{from.x + step.x, from.y + step.y}, {to.x - step.x, to.y - step.y}};
  }

  std::string arrow(const ReportPicture::Link& link) const {
    const std::pair<Point, Point> line = ends(link);
    const Point from = line.first;
    const Point to = line.second;
    const double length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
    const Point along = {(to.x - from.x) / length, (to.y - from.y) / length};
    const Point right = {-along.y, along.x};
    const double part = most_ > 0 ? link.share / most_ : 0;
    const double half = link.amount > 0 ? 1 + 2 * part : 0.6;
    const double head = half + 2.5;
    const double neck = length - 2 * head;
    const auto place = [&](double forward, double beside) {
      return fmt::format("{:.1f},{:.1f}", from.x + along.x * forward + right.x * (kBeside + beside),
                         from.y + along.y * forward + right.y * (kBeside + beside));
    };
    std::string text = fmt::format(
        "<g class=\"link\"><title>{}</title><polygon fill=\"{}\" points=\"{} {} {} {} {} {} "
        "{}\"/>",
        html_escaped(link_words(picture_, link)), link.amount > 0 ? shade(part) : kUnused,
        place(0, -half), place(neck, -half), place(neck, -head), place(length, 0),
        place(neck, head), place(neck, half), place(0, half));
    if (link.share >= kLeastShown) {
      text += share_text(link, {(from.x + to.x) / 2, (from.y + to.y) / 2}, right);
    }
    return text + "</g>\n";
  }

  /// Beside the arrow; below that to the units it would be in the way, and stands at their box.
  static std::string share_text(const ReportPicture::Link& link, Point at, Point right) {
    constexpr double kSeen = 1e-9;
    constexpr double kTenth = 0.1;
    const bool is_level = std::abs(right.x) < kSeen;
    const double away = kBeside + (is_level ? 11 : 9);
    Point place = {at.x + right.x * away, at.y + right.y * away + 4};
    const char* anchor = is_level ? "middle" : right.x < 0 ? "end" : "start";
    if (link.to_units) {
      place = {at.x - kRouter / 2 - kUnits / 2 + 12, at.y + kUnits / 2};
      anchor = "start";
    }
    return fmt::format("<text class=\"share {}\" x=\"{:.1f}\" y=\"{:.1f}\">{} %</text>", anchor,
                       place.x, place.y,
                       decimal_text(100 * link.share, link.share < kTenth ? 1 : 0));
  }

  const ReportPicture& picture_;
  int columns_ = 1;
  int rows_ = 1;
  Point box_;
  Point step_;
  double most_ = 0;
};

}  // namespace

std::string picture_svg(const ReportPicture& picture) {
  return Drawing(picture).text();
}

}  // namespace airnn
