// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kSchema = "airnn-evaluation-1";
constexpr int kMostDigits = 15;
constexpr int kMostPoints = 1'000'000'000;
constexpr int kMostPlaces = 1000;  // of a picture, in a row

nlohmann::ordered_json parse(const std::string& file, const std::string& text) {
  try {
    return nlohmann::ordered_json::parse(text);
  } catch (const nlohmann::ordered_json::parse_error& error) {
    const std::size_t before = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(before), '\n');
    throw UserError(fmt::format("{}:{}: expected JSON as 'airnn evaluate' writes it", file, line));
  } catch (const nlohmann::ordered_json::exception&) {  // a number too large for any type
    throw UserError(fmt::format("{}: expected JSON as 'airnn evaluate' writes it", file));
  }
}

/// Texts that may be empty may as well be missing.
std::string optional_text(const JsonNode& node, const std::string& key) {
  const std::optional<JsonNode> found = node.find(key);
  return found ? found->text() : "";
}

std::vector<std::string> texts(const JsonNode& node) {
  std::vector<std::string> all;
  for (const JsonNode& item : node.items()) {
    all.push_back(item.text());
  }
  return all;
}

std::optional<double> optional_number(const JsonNode& node, const std::string& key) {
  const std::optional<JsonNode> found = node.find(key);
  return found && !found->is_null() ? std::optional<double>(found->number()) : std::nullopt;
}

/// The id becomes an anchor of the page.
std::string read_id(const JsonNode& node) {
  const std::string id = node.text();
  const bool is_plain = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  });
  if (id.empty() || !is_plain) {
    node.fail("letters, digits, '.', '-' and '_'");
  }
  return id;
}

}  // namespace

ReportPart ReportReader::read(const std::string& file, const std::string& text) {
  const nlohmann::ordered_json document = parse(file, text);
  return read_part(JsonNode(file, document));
}

ReportPart ReportReader::read_part(const JsonNode& node) {
  node.at("schema").choice({kSchema});
  ReportPart part;
  part.version = optional_text(node, "version");
  part.title = node.at("title").text();
  part.text = optional_text(node, "text");
  part.notice = optional_text(node, "notice");
  if (const std::optional<JsonNode> progress = node.find("progress")) {
    part.progress = read_progress(*progress);
  }
  for (const JsonNode& section : node.at("sections").items()) {
    part.sections.push_back(read_section(section));
  }
  return part;
}

ReportProgress ReportReader::read_progress(const JsonNode& node) {
  ReportProgress progress;
  progress.points = node.at("points").integer(0, kMostPoints);
  progress.done = node.at("done").integer(0, progress.points);
  progress.failed = texts(node.at("failed"));
  progress.missing = texts(node.at("missing"));
  const std::size_t named = progress.failed.size() + progress.missing.size();
  if (static_cast<std::size_t>(progress.points - progress.done) != named) {
    node.fail_with(fmt::format("expected names of the {} points that are not done, found {}",
                               progress.points - progress.done, named));
  }
  return progress;
}

ReportSection ReportReader::read_section(const JsonNode& node) {
  ReportSection section;
  section.id = read_id(node.at("id"));
  section.title = node.at("title").text();
  section.source = optional_text(node, "source");
  section.text = optional_text(node, "text");
  for (const JsonNode& table : node.at("tables").items()) {
    section.tables.push_back(read_table(table));
  }
  for (const JsonNode& plot : node.at("plots").items()) {
    section.plots.push_back(read_plot(plot));
  }
  if (const std::optional<JsonNode> pictures = node.find("pictures")) {
    for (const JsonNode& picture : pictures->items()) {
      section.pictures.push_back(read_picture(picture));
    }
  }
  return section;
}

ReportTable ReportReader::read_table(const JsonNode& node) {
  ReportTable table;
  table.title = optional_text(node, "title");
  table.headline = optional_text(node, "headline");
  table.note = optional_text(node, "note");
  const std::optional<JsonNode> detail = node.find("detail");
  table.detail = detail && detail->boolean();
  for (const JsonNode& column : node.at("columns").items()) {
    table.columns.push_back(read_column(column));
  }
  if (table.columns.empty()) {
    node.at("columns").fail_with("expected at least one column");
  }
  for (const JsonNode& row : node.at("rows").items()) {
    table.rows.push_back(read_row(row, table.columns));
  }
  return table;
}

ReportColumn ReportReader::read_column(const JsonNode& node) {
  using Type = ReportColumn::Type;
  constexpr Type kTypes[] = {Type::text, Type::number, Type::mark};
  ReportColumn column;
  column.label = node.at("label").text();
  column.type = kTypes[node.at("type").choice({"text", "number", "mark"})];
  column.unit = optional_text(node, "unit");
  const std::optional<JsonNode> digits = node.find("digits");
  if (digits && !digits->is_null()) {
    column.digits = digits->integer(0, kMostDigits);
  }
  return column;
}

std::vector<ReportCell> ReportReader::read_row(const JsonNode& node,
                                               const std::vector<ReportColumn>& columns) {
  const std::vector<JsonNode> items = node.items();
  if (items.size() != columns.size()) {
    node.fail_with(fmt::format("expected a cell for each of the {} columns, found {}",
                               columns.size(), items.size()));
  }
  std::vector<ReportCell> cells;
  for (std::size_t i = 0; i < items.size(); ++i) {
    cells.push_back(read_cell(items[i], columns[i].type));
  }
  return cells;
}

ReportCell ReportReader::read_cell(const JsonNode& node, ReportColumn::Type type) {
  if (node.is_null()) {
    return {};
  }
  switch (type) {
    case ReportColumn::Type::number:
      return node.number();
    case ReportColumn::Type::mark:
      return node.boolean();
    case ReportColumn::Type::text:
      break;
  }
  return node.text();
}

ReportPlot ReportReader::read_plot(const JsonNode& node) {
  using Kind = ReportPlot::Kind;
  using Axis = ReportPlot::Axis;
  constexpr Kind kKinds[] = {Kind::line, Kind::bar, Kind::stacked_bar, Kind::scatter};
  constexpr Axis kAxes[] = {Axis::category, Axis::number};
  ReportPlot plot;
  plot.title = optional_text(node, "title");
  plot.kind = kKinds[node.at("kind").choice({"line", "bar", "stacked_bar", "scatter"})];
  plot.x_axis = kAxes[node.at("x").at("type").choice({"category", "number"})];
  plot.x_label = optional_text(node.at("x"), "label");
  node.at("y").at("type").choice({"number"});
  plot.y_label = optional_text(node.at("y"), "label");
  plot.x_range = read_range(node.at("x"));
  plot.y_range = read_range(node.at("y"));
  for (const JsonNode& series : node.at("series").items()) {
    plot.series.push_back(read_series(series, plot.x_axis));
  }
  return plot;
}

ReportRange ReportReader::read_range(const JsonNode& node) {
  ReportRange range;
  range.least = optional_number(node, "least");
  range.most = optional_number(node, "most");
  if (range.least && range.most && *range.least > *range.most) {
    node.at("most").fail_with(
        fmt::format("expected at least {}, which is 'least', found {}", *range.least, *range.most));
  }
  const std::optional<JsonNode> whole = node.find("whole");
  range.whole = whole && whole->boolean();
  return range;
}

ReportSeries ReportReader::read_series(const JsonNode& node, ReportPlot::Axis axis) {
  using Role = ReportSeries::Role;
  constexpr Role kRoles[] = {Role::ours, Role::paper, Role::front};
  ReportSeries series;
  series.label = node.at("label").text();
  const std::optional<JsonNode> pair = node.find("pair");
  series.pair = pair ? pair->text() : series.label;
  series.role = kRoles[node.at("role").choice({"ours", "paper", "front"})];
  for (const JsonNode& point : node.at("points").items()) {
    series.points.push_back(read_point(point, axis));
  }
  return series;
}

ReportPoint ReportReader::read_point(const JsonNode& node, ReportPlot::Axis axis) {
  ReportPoint point;
  const JsonNode x = node.at("x");
  if (axis == ReportPlot::Axis::number) {
    point.x = x.number();
  } else {
    point.x = x.text();
  }
  point.y = node.at("y").number();
  point.note = optional_text(node, "note");
  return point;
}

ReportPicture ReportReader::read_picture(const JsonNode& node) {
  ReportPicture picture;
  picture.title = optional_text(node, "title");
  picture.headline = optional_text(node, "headline");
  picture.share_label = node.at("share").text();
  picture.amount_label = node.at("amount").text();
  for (const JsonNode& one : node.at("nodes").items()) {
    picture.nodes.push_back(read_node(one));
  }
  for (const JsonNode& one : node.at("links").items()) {
    picture.links.push_back(read_link(one, picture.nodes.size()));
  }
  return picture;
}

ReportPicture::Node ReportReader::read_node(const JsonNode& node) {
  return {node.at("label").text(), node.at("x").integer(0, kMostPlaces - 1),
          node.at("y").integer(0, kMostPlaces - 1), texts(node.at("units"))};
}

ReportPicture::Link ReportReader::read_link(const JsonNode& node, std::size_t nodes) {
  const auto place = [&](const char* key) {
    return static_cast<std::size_t>(node.at(key).integer(0, static_cast<int>(nodes) - 1));
  };
  const auto flag = [&](const char* key) {
    const std::optional<JsonNode> found = node.find(key);
    return found && found->boolean();
  };
  ReportPicture::Link link;
  link.label = node.at("label").text();
  link.from = place("from");
  link.to = place("to");
  link.from_units = flag("from_units");
  link.to_units = flag("to_units");
  link.share = node.at("share").number();
  if (link.share < 0 || link.share > 1) {
    node.at("share").fail("0 to 1");
  }
  link.amount = node.at("amount").number();
  return link;
}

}  // namespace airnn
