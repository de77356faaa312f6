// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sw/report/report.h"

namespace airnn {

/// The texts and tables of a report as Markdown of GitHub's kind; of plots only the titles. Equal
/// reports give equal bytes.
class MarkdownPage {
 public:
  /// The report must live longer.
  explicit MarkdownPage(const Report& report) : report_(report) {}

  std::string text();

 private:
  void add_section(const ReportSection& section);
  void add_block(const std::string& block);
  void add_paragraphs(const std::string& text);
  void add_table(const ReportTable& table);
  /// Titles of what only the page shows.
  void add_left_out(const std::vector<std::string>& titles);

  const Report& report_;
  std::string text_;
};

}  // namespace airnn
