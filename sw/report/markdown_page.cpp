// SPDX-License-Identifier: Apache-2.0
#include "sw/report/markdown_page.h"

#include "sw/report/markdown_text.h"
#include "sw/report/number_text.h"
#include "sw/report/report_words.h"

namespace airnn {

namespace {

constexpr std::size_t kWidth = 110;

const char* rule(ReportColumn::Type type) {
  switch (type) {
    case ReportColumn::Type::number:
      return "---:";
    case ReportColumn::Type::mark:
      return ":---:";
    case ReportColumn::Type::text:
      break;
  }
  return "---";
}

std::string heading(const ReportColumn& column) {
  const std::string label = markdown_inline(column.label);
  return column.unit.empty() ? label : label + " (" + markdown_inline(column.unit) + ")";
}

}  // namespace

std::string MarkdownPage::text() {
  text_.clear();
  for (const ReportPart& part : report_) {
    add_block("# " + markdown_inline(part.title));
    for (const std::string& words : banners_of(part)) {
      add_block("> " + markdown_inline(words));
    }
    add_paragraphs(part.text);
    for (const ReportSection& section : part.sections) {
      add_section(section);
    }
  }
  return text_;
}

void MarkdownPage::add_section(const ReportSection& section) {
  add_block("## " + markdown_inline(section.title));
  if (!section.source.empty()) {
    add_block("Source: " + markdown_inline(section.source));
  }
  add_paragraphs(section.text);
  std::vector<std::string> left_out;
  for (const ReportTable& table : section.tables) {
    if (table.detail) {
      left_out.push_back(table.title);
    } else {
      add_table(table);
    }
  }
  for (const ReportPicture& picture : section.pictures) {
    left_out.push_back(picture.title);
  }
  for (const ReportPlot& plot : section.plots) {
    left_out.push_back(plot.title);
  }
  add_left_out(left_out);
}

void MarkdownPage::add_block(const std::string& block) {
  text_ += (text_.empty() ? "" : "\n") + block + "\n";
}

void MarkdownPage::add_paragraphs(const std::string& text) {
  for (const std::string& paragraph : paragraphs_of(text)) {
    add_block(markdown_paragraph(paragraph, kWidth));
  }
}

void MarkdownPage::add_table(const ReportTable& table) {
  if (!table.title.empty()) {
    add_block("**" + markdown_inline(table.title) + "**");
  }
  add_paragraphs(table.headline);
  std::string grid = "|";
  for (const ReportColumn& column : table.columns) {
    grid += " " + heading(column) + " |";
  }
  grid += "\n|";
  for (const ReportColumn& column : table.columns) {
    grid += std::string(rule(column.type)) + "|";
  }
  for (const std::vector<ReportCell>& row : table.rows) {
    grid += "\n|";
    for (std::size_t i = 0; i < row.size(); ++i) {
      grid += " " + markdown_inline(cell_text(table.columns[i], row[i])) + " |";
    }
  }
  add_block(grid);
  add_paragraphs(table.note);
}

void MarkdownPage::add_left_out(const std::vector<std::string>& titles) {
  std::string list;
  for (const std::string& title : titles) {
    if (!title.empty()) {
      list += (list.empty() ? "" : "; ") + title;
    }
  }
  if (!list.empty()) {
    add_block(markdown_paragraph("On the HTML page only: " + list + ".", kWidth));
  }
}

}  // namespace airnn
