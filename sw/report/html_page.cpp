// SPDX-License-Identifier: Apache-2.0
#include "sw/report/html_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <stdexcept>

#include "sw/report/chart_json.h"
#include "sw/report/embedded.h"
#include "sw/report/html_text.h"
#include "sw/report/number_text.h"
#include "sw/report/picture_svg.h"
#include "sw/report/report_words.h"

namespace airnn {

namespace {

const char* css_class(ReportColumn::Type type) {
  switch (type) {
    case ReportColumn::Type::number:
      return "number";
    case ReportColumn::Type::mark:
      return "mark";
    case ReportColumn::Type::text:
      break;
  }
  return "text";
}

/// Short texts such as names stay on one line, which keeps rows apart.
constexpr std::size_t kShort = 24;

const char* cell_class(ReportColumn::Type type, const std::string& text) {
  return type == ReportColumn::Type::text && text.size() <= kShort ? "text short" : css_class(type);
}

/// What the column is sorted by, where it is not the text; the empty cell has none.
std::string sort_attribute(const ReportCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    return fmt::format(" data-value=\"{}\"", *number);
  }
  if (const auto* mark = std::get_if<bool>(&cell)) {
    return fmt::format(" data-value=\"{}\"", *mark ? 1 : 0);
  }
  return std::holds_alternative<std::monostate>(cell) ? " data-missing" : "";
}

std::string rows_of(const ReportTable& table) {
  return table.rows.size() == 1 ? "1 row"
                                : decimal_text(static_cast<double>(table.rows.size()), 0) + " rows";
}

std::string caption(const std::string& title) {
  return title.empty() ? "" : fmt::format("<figcaption>{}</figcaption>\n", html_escaped(title));
}

}  // namespace

std::string HtmlPage::text() {
  body_.clear();
  add_body();
  const std::string title_text = html_escaped(title());
  return filled(embedded_page_html(), [&](std::string_view name) -> std::string_view {
    if (name == "title") {
      return title_text;
    }
    if (name == "style") {
      return embedded_page_css();
    }
    if (name == "body") {
      return body_;
    }
    if (name == "chart_library") {
      return embedded_chart_js();
    }
    if (name == "script") {
      return embedded_page_js();
    }
    throw std::logic_error(fmt::format("page.html: nothing to put in for {}", name));
  });
}

std::string HtmlPage::title() const {
  std::string titles;
  for (const ReportPart& part : report_) {
    titles += (titles.empty() ? "" : " \u00b7 ") + part.title;
  }
  return titles;
}

void HtmlPage::add_body() {
  const bool single = report_.size() == 1;
  if (!single) {
    add_contents();
  }
  for (std::size_t i = 0; i < report_.size(); ++i) {
    add_part_header(i);
    if (single) {
      add_contents();
    }
    for (const ReportSection& section : report_[i].sections) {
      add_section(section);
    }
  }
  add_footer();
  // What a sort has done, for readers who do not see it.
  body_ += "<p class=\"unseen\" role=\"status\"></p>\n";
}

void HtmlPage::add_contents() {
  body_ += "<nav aria-label=\"Contents\">\n";
  for (std::size_t i = 0; i < report_.size(); ++i) {
    if (report_.size() > 1) {
      body_ +=
          fmt::format("<p><a href=\"#:{}\">{}</a></p>\n", i + 1, html_escaped(report_[i].title));
    }
    body_ += "<ol>\n";
    for (const ReportSection& section : report_[i].sections) {
      body_ +=
          fmt::format("<li><a href=\"#{}\">{}</a></li>\n", section.id, html_escaped(section.title));
    }
    body_ += "</ol>\n";
  }
  body_ += "</nav>\n";
}

void HtmlPage::add_part_header(std::size_t part) {
  // Ids of sections have no colon.
  body_ += fmt::format("<header id=\":{}\">\n<h1>{}</h1>\n", part + 1,
                       html_escaped(report_[part].title));
  for (const std::string& words : banners_of(report_[part])) {
    body_ += fmt::format("<p class=\"banner\" role=\"note\">{}</p>\n", html_escaped(words));
  }
  add_paragraphs(report_[part].text);
  body_ += "</header>\n";
}

void HtmlPage::add_section(const ReportSection& section) {
  body_ +=
      fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", section.id, html_escaped(section.title));
  if (!section.source.empty()) {
    body_ += fmt::format("<p class=\"source\">{}</p>\n", html_escaped(section.source));
  }
  add_paragraphs(section.text);
  for (const ReportTable& table : section.tables) {
    add_table(table);
  }
  for (const ReportPicture& picture : section.pictures) {
    add_picture(picture);
  }
  for (const ReportPlot& plot : section.plots) {
    add_plot(plot);
  }
  body_ += "</section>\n";
}

void HtmlPage::add_paragraphs(const std::string& text) {
  for (const std::string& paragraph : paragraphs_of(text)) {
    body_ += fmt::format("<p>{}</p>\n", html_prose(paragraph));
  }
}

void HtmlPage::add_table(const ReportTable& table) {
  body_ += "<figure class=\"table\">\n" + caption(table.title);
  if (!table.headline.empty()) {
    body_ += fmt::format("<p class=\"headline\">{}</p>\n", html_prose(table.headline));
  }
  body_ += table.detail
               ? fmt::format("<details>\n<summary>Show the table ({})</summary>\n", rows_of(table))
               : "";
  add_grid(table, table.title);
  for (const std::string& paragraph : paragraphs_of(table.note)) {
    body_ += fmt::format("<p class=\"note\">{}</p>\n", html_prose(paragraph));
  }
  body_ += table.detail ? "</details>\n" : "";
  body_ += "</figure>\n";
}

void HtmlPage::add_grid(const ReportTable& table, const std::string& name) {
  const std::string label = html_escaped(name.empty() ? "Table" : name);
  // A box of its own scrolls a wide table; it can be reached and scrolled by keys. The frame around
  // it shows at which edges there is more.
  body_ += fmt::format(
      "<div class=\"frame\">\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{0}\">\n<table aria-label=\"{0}\">\n<thead><tr>",
      label);
  for (const ReportColumn& column : table.columns) {
    const std::string unit = column.unit.empty() ? ""
                                                 : fmt::format(" <span class=\"unit\">{}</span>",
                                                               html_escaped(column.unit));
    body_ += fmt::format(
        "<th scope=\"col\" class=\"{}{}\" aria-sort=\"none\"><button "
        "type=\"button\">{}{}</button></th>",
        css_class(column.type), column.label.size() + column.unit.size() > kShort ? " long" : "",
        html_escaped(column.label), unit);
  }
  body_ += "</tr></thead>\n<tbody>\n";
  for (const std::vector<ReportCell>& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = cell_text(table.columns[i], row[i]);
      body_ += fmt::format("<td class=\"{}\"{}>{}</td>", cell_class(table.columns[i].type, text),
                           sort_attribute(row[i]), html_escaped(text));
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody>\n</table>\n</div>\n</div>\n";
}

void HtmlPage::add_plot(const ReportPlot& plot) {
  body_ += "<figure class=\"plot\">\n" + caption(plot.title);
  body_ +=
      fmt::format("<div class=\"drawing\"><canvas role=\"img\" aria-label=\"{}\"></canvas></div>\n",
                  html_escaped(plot_words(plot)));
  body_ += fmt::format("<script type=\"application/json\">{}</script>\n",
                       script_safe_json(chart_json(plot)));
  const ReportTable points = table_of_points(plot);
  body_ += fmt::format("<details>\n<summary>The plot's data as a table ({})</summary>\n",
                       rows_of(points));
  add_grid(points, plot.title.empty() ? "Data of the plot" : "Data of " + plot.title);
  body_ += "</details>\n</figure>\n";
}

void HtmlPage::add_picture(const ReportPicture& picture) {
  body_ += "<figure class=\"picture\">\n" + caption(picture.title);
  if (!picture.headline.empty()) {
    body_ += fmt::format("<p class=\"headline\">{}</p>\n", html_prose(picture.headline));
  }
  const std::string name = picture.title.empty() ? "the picture" : picture.title;
  body_ += fmt::format(
      "<div class=\"frame\">\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"{}\">\n{}</div>\n</div>\n",
      html_escaped(name), picture_svg(picture));
  const ReportTable links = table_of_links(picture);
  body_ += fmt::format("<details>\n<summary>The picture's data as a table ({})</summary>\n",
                       rows_of(links));
  add_grid(links, "Data of " + name);
  body_ += "</details>\n</figure>\n";
}

void HtmlPage::add_footer() {
  std::set<std::string> versions;
  for (const ReportPart& part : report_) {
    if (!part.version.empty()) {
      versions.insert(part.version);
    }
  }
  if (!versions.empty()) {
    body_ += fmt::format("<footer>airnn {}</footer>\n",
                         html_escaped(fmt::format("{}", fmt::join(versions, ", "))));
  }
}

}  // namespace airnn
