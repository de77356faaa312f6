// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report_words.h"

#include <gtest/gtest.h>

#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

TEST(ProgressWords, OfAFinishedEvaluationThereAreNone) {
  EXPECT_EQ(progress_words({3, 3, {}, {}}), "");
  EXPECT_EQ(progress_words({0, 0, {}, {}}), "");
}

TEST(ProgressWords, SayHowManyAreDoneAndNameTheOthers) {
  EXPECT_EQ(progress_words({1, 0, {"flat"}, {}}),
            "Unfinished: 0 of 1 point is done. 1 point failed: flat.");
  EXPECT_EQ(progress_words({1200, 1197, {"a, flat", "b"}, {"c"}}),
            "Unfinished: 1,197 of 1,200 points are done. 2 points failed: a, flat; b. 1 point was "
            "not run: c.");
}

TEST(ProgressWords, ManyNamesAreCutShort) {
  const std::string words = progress_words({9, 2, {}, {"a", "b", "c", "d", "e", "f", "g"}});
  EXPECT_EQ(
      words,
      "Unfinished: 2 of 9 points are done. 7 points were not run: a; b; c; d; e; and 2 more.");
}

TEST(PlotWords, SayWhatAPlotShows) {
  const std::vector<ReportPlot> plots = sample_part().sections[1].plots;
  EXPECT_EQ(
      plot_words(plots[0]),
      "line over number. Line plot of accuracy, from 0.25 to 0.875, against number, from 1 to "
      "4. 2 series: ours; ours (paper). The table below it has all its numbers.");
  EXPECT_EQ(plot_words(plots[4]),
            "stacked_bar over category. Stacked bar chart of accuracy, from 1 to 6, against "
            "category, for a, b. 3 series: fetch; compute; fetch (paper). The table below it has "
            "all its numbers.");
}

TEST(PlotWords, OfAPlotWithoutPointsSaySo) {
  EXPECT_EQ(plot_words(ReportPlot()),
            "Line plot without points. The table below it has all its "
            "numbers.");
}

TEST(PlotWords, OneValueIsNoRange) {
  ReportPlot plot;
  plot.series.resize(1);
  plot.series[0].label = "s";
  plot.series[0].points = {{1.0, 0.5, ""}};
  EXPECT_EQ(plot_words(plot),
            "Line plot of y, always 0.5, against x, always 1. 1 series: s. The "
            "table below it has all its numbers.");
}

}  // namespace
}  // namespace airnn::test
