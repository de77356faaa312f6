// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace airnn::test {
namespace {

using testing::ElementsAre;

Report with_ids(const std::vector<std::vector<std::string>>& ids) {
  Report report;
  for (const auto& part : ids) {
    report.emplace_back();
    for (const std::string& id : part) {
      report.back().sections.emplace_back();
      report.back().sections.back().id = id;
    }
  }
  return report;
}

TEST(Report, MakesIdsUniqueWithinAndAcrossParts) {
  Report report = with_ids({{"a", "a-2", "b", "a"}, {"a", "a-2", "c"}});
  make_ids_unique(report);
  std::vector<std::string> ids;
  for (const ReportPart& part : report) {
    for (const ReportSection& section : part.sections) {
      ids.push_back(section.id);
    }
  }
  EXPECT_THAT(ids, ElementsAre("a", "a-2", "b", "a-3", "a-4", "a-2-2", "c"));
}

TEST(Report, NamesPublishedSeries) {
  ReportSeries series;
  series.label = "LeNet";
  EXPECT_EQ(series_name(series), "LeNet");
  series.role = ReportSeries::Role::front;
  EXPECT_EQ(series_name(series), "LeNet");
  series.role = ReportSeries::Role::paper;
  EXPECT_EQ(series_name(series), "LeNet (paper)");
  series.label = "Paper, Fig. 7";
  EXPECT_EQ(series_name(series), "Paper, Fig. 7");
  series.label = "";
  EXPECT_EQ(series_name(series), "paper");
}

TEST(Report, SplitsTextAtBlankLines) {
  EXPECT_THAT(paragraphs_of(""), ElementsAre());
  EXPECT_THAT(paragraphs_of(" \n\n"), ElementsAre());
  EXPECT_THAT(paragraphs_of("one"), ElementsAre("one"));
  EXPECT_THAT(paragraphs_of("\n one \r\n two\n \t\n\nthree\n"), ElementsAre("one\ntwo", "three"));
}

TEST(Report, ListsAllPointsOfAPlotAndNotesIfThereAreAny) {
  ReportPlot plot;
  plot.x_label = "K";
  plot.series.resize(2);
  plot.series[0].label = "a";
  plot.series[0].points = {{1.0, 2.0, ""}, {3.0, 4.0, ""}};
  plot.series[1].label = "b";
  plot.series[1].points = {{5.0, 6.0, ""}};
  ReportTable table = table_of_points(plot);
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre(std::string("a"), 1.0, 2.0),
                                      ElementsAre(std::string("a"), 3.0, 4.0),
                                      ElementsAre(std::string("b"), 5.0, 6.0)));
  ASSERT_EQ(table.columns.size(), 3U);
  EXPECT_EQ(table.columns[1].label, "K");
  EXPECT_EQ(table.columns[2].label, "y");
  EXPECT_EQ(table.columns[1].type, ReportColumn::Type::number);

  plot.x_axis = ReportPlot::Axis::category;
  plot.series[1].points = {{std::string("c"), 6.0, "why"}};
  plot.series[0].points.clear();
  table = table_of_points(plot);
  EXPECT_THAT(table.rows, ElementsAre(ElementsAre(std::string("b"), std::string("c"), 6.0,
                                                  std::string("why"))));
  EXPECT_EQ(table.columns[1].type, ReportColumn::Type::text);
  EXPECT_EQ(table.columns.size(), 4U);
}

}  // namespace
}  // namespace airnn::test
