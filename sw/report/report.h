// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace airnn {

struct ReportColumn {
  enum class Type { text, number, mark };
  std::string label;
  Type type = Type::text;
  std::string unit;           ///< empty: none
  std::optional<int> digits;  ///< decimals, 0 .. 15; none: 4 significant digits
  bool exact = false;         ///< integers in full, others with 6 significant digits
};

/// Nothing known, a text, a number, or a mark that is set or not.
using ReportCell = std::variant<std::monostate, std::string, double, bool>;

struct ReportTable {
  std::string title;
  std::string headline;  ///< what the table says, in one sentence; may be empty
  std::string note;
  bool detail = false;  ///< for those who want to know exactly: folded up, and not in Markdown
  std::vector<ReportColumn> columns;
  std::vector<std::vector<ReportCell>> rows;  ///< a cell per column, of its type or empty
};

struct ReportPoint {
  std::variant<double, std::string> x;  ///< number or category, as the plot's axis is
  double y = 0;
  std::string note;
};

struct ReportSeries {
  /// Own results, published values, or the Pareto front of other series.
  enum class Role { ours, paper, front };
  std::string label;
  std::string pair;  ///< series with the same one speak of the same thing: they share a colour
  Role role = Role::ours;
  std::vector<ReportPoint> points;
};

/// Which values an axis can have at all.
struct ReportRange {
  std::optional<double> least;
  std::optional<double> most;
  bool whole = false;  ///< integers only
};

struct ReportPlot {
  enum class Kind { line, bar, stacked_bar, scatter };
  enum class Axis { category, number };
  std::string title;
  Kind kind = Kind::line;
  Axis x_axis = Axis::number;
  std::string x_label;
  std::string y_label;
  ReportRange x_range;
  ReportRange y_range;
  std::vector<ReportSeries> series;
};

/// Nodes in a plane, what is at them, and links that are shaded by how much of their time they are
/// busy.
struct ReportPicture {
  struct Node {
    std::string label;
    int x = 0;  ///< column
    int y = 0;  ///< row
    std::vector<std::string> units;
  };
  struct Link {
    std::string label;
    std::size_t from = 0;  ///< places in the list of nodes
    std::size_t to = 0;
    bool from_units = false;  ///< of that node
    bool to_units = false;
    double share = 0;  ///< of the time, 0 .. 1
    double amount = 0;
  };
  std::string title;
  std::string headline;      ///< what the picture says, in one sentence
  std::string share_label;   ///< what the share is
  std::string amount_label;  ///< what the amount is
  std::vector<Node> nodes;
  std::vector<Link> links;
};

struct ReportSection {
  std::string id;  ///< letters, digits, '.', '-' and '_'
  std::string title;
  std::string source;  ///< what of the paper it is, such as "Table II"; may be empty
  std::string text;    ///< paragraphs with blank lines between them
  std::vector<ReportTable> tables;
  std::vector<ReportPlot> plots;
  std::vector<ReportPicture> pictures;
};

/// How far an evaluation has come.
struct ReportProgress {
  int points = 0;
  int done = 0;
  std::vector<std::string> failed;   ///< their names
  std::vector<std::string> missing;  ///< names of those that were not run yet

  bool is_finished() const { return done == points; }
};

/// What one evaluation contributes to a report.
struct ReportPart {
  std::string version;  ///< of the program that evaluated
  std::string title;
  std::string text;
  std::string notice;                      ///< must be read before all else; empty: nothing must
  std::optional<ReportProgress> progress;  ///< of something that has none, nothing
  std::vector<ReportSection> sections;
};

using Report = std::vector<ReportPart>;

/// Sections with the id of an earlier one get a number behind it: table2, table2-2, table2-3.
void make_ids_unique(Report& report);

/// Under which name a series is shown: published values are always recognisable as such.
std::string series_name(const ReportSeries& series);

/// All points of a plot, for readers without the picture: series, x, y and, if there are any,
/// notes.
ReportTable table_of_points(const ReportPlot& plot);

/// All links of a picture, likewise: name, ends, amount and share.
ReportTable table_of_links(const ReportPicture& picture);

/// The paragraphs of a text: what blank lines separate, without white space around it.
std::vector<std::string> paragraphs_of(const std::string& text);

}  // namespace airnn
