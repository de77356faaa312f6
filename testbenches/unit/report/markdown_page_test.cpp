// SPDX-License-Identifier: Apache-2.0
#include "sw/report/markdown_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "sw/report/markdown_text.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(MarkdownText, ShowsSignsAsTheyAre) {
  EXPECT_EQ(markdown_inline("a|b *c* `d` [e](f) <g> ~h~ \\ $i$"),
            "a\\|b \\*c\\* \\`d\\` \\[e\\](f) &lt;g&gt; \\~h\\~ \\\\ \\$i\\$");
  EXPECT_EQ(markdown_inline("&lt; & co"), "&amp;lt; &amp; co");
  EXPECT_EQ(markdown_inline("one_two _three_ fo\u00fc_r"), "one_two \\_three\\_ fo\u00fc_r");
  EXPECT_EQ(markdown_inline(" two\n lines "), "two lines");
}

TEST(MarkdownText, WrapsAtTheWidthByCharacters) {
  EXPECT_EQ(markdown_paragraph("aaa bbb ccc", 7), "aaa bbb\nccc");
  EXPECT_EQ(markdown_paragraph("aaa bbb ccc", 6), "aaa\nbbb\nccc");
  EXPECT_EQ(markdown_paragraph("\u00e4\u00e4\u00e4 \u00f6\u00f6\u00f6 c", 7),
            "\u00e4\u00e4\u00e4 \u00f6\u00f6\u00f6\nc");
  EXPECT_EQ(markdown_paragraph("a-word-that-is-too-long b", 4), "a-word-that-is-too-long\nb");
  EXPECT_EQ(markdown_paragraph("", 4), "");
}

TEST(MarkdownText, NoLineBeginsABlock) {
  for (const std::string sign : {"-", "+", "#", "###", "===", "---", "="}) {
    EXPECT_EQ(markdown_paragraph("a " + sign + " b", 2), "a\n\\" + sign + "\nb");
    EXPECT_EQ(markdown_paragraph("a " + sign + " b", 20), "a " + sign + " b");
  }
  EXPECT_EQ(markdown_paragraph("in 2012. Later", 6), "in\n2012\\.\nLater");
  EXPECT_EQ(markdown_paragraph("1) -5 #6 3.5 2012", 2), "1\\)\n-5\n#6\n3.5\n2012");
}

TEST(MarkdownPage, HasTitlesTextsAndTablesInOrder) {
  ReportPart part;
  part.title = "Evaluation";
  part.text = "One.\n\nTwo.";
  part.sections.resize(2);
  part.sections[0].title = "First";
  part.sections[0].source = "Table II";
  part.sections[0].text = "Why.";
  ReportTable table;
  table.title = "Numbers";
  table.headline = "One is 1,234.6 pJ.";
  table.note = "Note.";
  table.columns = {{"name", ReportColumn::Type::text, "", {}},
                   {"energy", ReportColumn::Type::number, "pJ", 1},
                   {"kept", ReportColumn::Type::mark, "", {}}};
  table.rows = {{std::string("a|b"), 1234.56, true}, {ReportCell(), ReportCell(), false}};
  part.sections[0].tables = {table};
  part.sections[1].title = "Second";
  part.sections[1].plots.resize(3);
  part.sections[1].plots[0].title = "Lines";
  part.sections[1].plots[2].title = "Bars";
  EXPECT_EQ(
      MarkdownPage({part}).text(),
      "# Evaluation\n\nOne.\n\nTwo.\n\n## First\n\nSource: Table II\n\nWhy.\n\n**Numbers**\n\n"
      "One is 1,234.6 pJ.\n\n"
      "| name | energy (pJ) | kept |\n|---|---:|:---:|\n| a\\|b | 1,234.6 | \u2713 |\n"
      "| \u2013 | \u2013 |  |\n\nNote.\n\n## Second\n\n"
      "On the HTML page only: Lines; Bars.\n");
}

TEST(MarkdownPage, SaysAtOnceThatAnEvaluationIsUnfinished) {
  ReportPart part;
  part.title = "Evaluation";
  part.text = "Text.";
  part.progress = {2, 2, {}, {}};
  EXPECT_EQ(MarkdownPage({part}).text(), "# Evaluation\n\nText.\n");
  part.progress = {2, 1, {"<b>"}, {}};
  EXPECT_EQ(MarkdownPage({part}).text(),
            "# Evaluation\n\n> Unfinished: 1 of 2 points are done. 1 point failed: &lt;b&gt;.\n\n"
            "Text.\n");
}

TEST(MarkdownPage, HasEveryPart) {
  ReportPart one;
  one.title = "One";
  ReportPart two;
  two.title = "Two";
  EXPECT_EQ(MarkdownPage({one, two}).text(), "# One\n\n# Two\n");
}

TEST(MarkdownPage, EveryRowOfATableHasItsCells) {
  std::istringstream lines(MarkdownPage({sample_part()}).text());
  std::size_t due = 0;
  int rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] != '|') {
      due = 0;
      continue;
    }
    std::size_t cells = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
      cells += line[i] == '|' && line[i - 1] != '\\' ? 1U : 0U;
    }
    due = due == 0 ? cells : due;
    EXPECT_EQ(cells, due) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 2 + 6 + 2 + 1);
}

TEST(MarkdownText, ProseMayHaveCode) {
  EXPECT_EQ(markdown_paragraph("`a_b` and `<b>`, `c|d`, `", 110),
            "`a_b` and \\`&lt;b&gt;\\`, \\`c\\|d\\`, \\`");
  EXPECT_EQ(markdown_inline("`a`"), "\\`a\\`");
}

TEST(MarkdownPage, LeavesDetailsToThePage) {
  ReportPart part = sample_part();
  part.sections[0].tables[0].title = "Left out";
  part.sections[0].tables[0].detail = true;
  const std::string text = MarkdownPage({part}).text();
  EXPECT_THAT(text, Not(HasSubstr("**Left out**")));
  EXPECT_THAT(text, HasSubstr("On the HTML page only: Left out"));
}

TEST(MarkdownPage, HasNoMarkupOfItsData) {
  const std::string text = MarkdownPage({sample_part()}).text();
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, HasSubstr("\\`a\\`")) << "cells have no code";
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;"));
}

}  // namespace
}  // namespace airnn::test
