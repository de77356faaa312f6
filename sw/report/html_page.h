// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"

namespace airnn {

/// A report as one HTML page that loads nothing: style, script and the library that draws are in
/// it. Tables are in the page as they are; plots are drawn by page.js from the JSON beside them.
/// Equal reports give equal bytes.
class HtmlPage {
 public:
  /// The ids of the sections must be unique; the report must live longer.
  explicit HtmlPage(const Report& report) : report_(report) {}

  std::string text();

 private:
  std::string title() const;
  void add_body();
  void add_contents();
  void add_part_header(std::size_t part);
  void add_section(const ReportSection& section);
  void add_paragraphs(const std::string& text);
  void add_table(const ReportTable& table);
  void add_grid(const ReportTable& table, const std::string& name);
  void add_plot(const ReportPlot& plot);
  void add_picture(const ReportPicture& picture);
  void add_footer();

  const Report& report_;
  std::string body_;
};

}  // namespace airnn
