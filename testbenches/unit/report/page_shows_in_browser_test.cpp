// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sw/report/html_page.h"
#include "sw/report/report_reader.h"
#include "sw/report/report_words.h"
#include "testbenches/unit/report/browser.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using Json = nlohmann::json;

/// What a reader sees of an evaluation besides its numbers: axes, colours, edges, sentences.
class PageShows : public testing::Test {
 protected:
  void SetUp() override {
    if (Browser::program().empty()) {
      GTEST_SKIP() << "no chromium or google-chrome found when the build was configured";
    }
  }

  static Json evaluation() {
    return {
        {"schema", "airnn-evaluation-1"},
        {"title", "Shown"},
        {"sections",
         {{{"id", "one"}, {"title", "One"}, {"tables", Json::array()}, {"plots", Json::array()}}}}};
  }
  static Json points(const std::vector<std::pair<double, double>>& numbers) {
    Json all = Json::array();
    for (const auto& [x, y] : numbers) {
      all.push_back({{"x", x}, {"y", y}});
    }
    return all;
  }
  static Json series(const std::string& label, const std::string& role, const std::string& pair,
                     const Json& points) {
    return {{"label", label}, {"role", role}, {"pair", pair}, {"points", points}};
  }
  static Json plot(const Json& x, const Json& y, const std::vector<Json>& series) {
    Json plot = {{"title", "P"}, {"kind", "line"}, {"x", x}, {"y", y}, {"series", series}};
    plot["x"]["type"] = plot["y"]["type"] = "number";
    return plot;
  }
  static std::string page(const Json& document) {
    return HtmlPage({ReportReader::read("shown", document.dump())}).text();
  }
  static std::string page_of_plots(const std::vector<Json>& plots) {
    Json document = evaluation();
    document["sections"][0]["plots"] = plots;
    return page(document);
  }
};

constexpr const char* kReadAxes = R"js(
  return [...document.querySelectorAll('canvas')].map((canvas) => {
    const {x, y} = Chart.getChart(canvas).scales;
    return [x, y].map((scale) => ({ends: [scale.min, scale.max],
                                   ticks: scale.ticks.map((tick) => tick.value)}));
  });
)js";

const Json kIteration = {{"least", 1}, {"most", 3}, {"whole", true}};
const Json kShare = {{"least", 0}, {"most", 1}};
const Json kAmount = {{"least", 0}};

TEST_F(PageShows, IterationsAreWholeAndEndWhereTheyCan) {
  const Json few = series("a", "ours", "a", points({{1, 0.5}, {2, 0.75}, {3, 1}}));
  const Json one = series("a", "ours", "a", points({{1, 0.5}}));
  std::vector<std::pair<double, double>> many;
  for (int i = 1; i <= 32; ++i) {
    many.emplace_back(i, i);
  }
  const Json axes =
      Browser::run(page_of_plots({plot(kIteration, kShare, {few}),
                                  plot({{"least", 1}, {"most", 1}, {"whole", true}}, kShare, {one}),
                                  plot({{"least", 1}, {"most", 32}, {"whole", true}},
                                       {{"least", 0}, {"whole", true}},
                                       {series("m", "ours", "m", points(many))}),
                                  plot(Json::object(), Json::object(), {few})}),
                   kReadAxes);
  EXPECT_EQ(axes[0][0].at("ticks"), Json({1, 2, 3}));
  EXPECT_EQ(axes[0][0].at("ends"), Json({1, 3}));
  EXPECT_EQ(axes[1][0].at("ticks"), Json({1}));
  EXPECT_GE(axes[2][0].at("ends")[0], 1);
  EXPECT_LE(axes[2][0].at("ends")[1], 32);
  for (const Json& axis : {axes[2][0], axes[2][1]}) {
    EXPECT_GE(axis.at("ticks").size(), 3U);
    for (const Json& tick : axis.at("ticks")) {
      EXPECT_EQ(tick.get<double>(), std::trunc(tick.get<double>()));
    }
  }
  EXPECT_GT(axes[3][0].at("ticks").size(), 3U) << "what is not whole has ticks between";
}

TEST_F(PageShows, TitlesOfAxesFitAPhone) {
  const Json data = points({{1, 0.5}, {2, 1}});
  std::vector<Json> all;
  for (int i = 0; i < 8; ++i) {
    all.push_back(series("lenet5, iterative, ddr3 " + std::to_string(i), "ours", "", data));
  }
  Json labelled = plot(kIteration, kShare, all);
  labelled["x"]["label"] = "energy to within 3 % of the base's accuracy (relative to base = 1)";
  labelled["y"]["label"] = "accuracy, inputs that go on counted as wrong (share of all inputs)";
  const Json sizes = Browser::run_in_width(page_of_plots({labelled}), 390, R"js(
    const canvas = page.document.querySelector('canvas');
    const pen = canvas.getContext('2d');
    const {x, y} = page.Chart.getChart(canvas).scales;
    return [[x, x.width], [y, y.height]].map(([scale, room]) => {
      pen.font = `12px ${page.Chart.defaults.font.family}`;
      const {text} = scale.options.title;
      return {room, text: text.join(' '), need: Math.max(...text.map((line) => pen.measureText(line).width))};
    });
  )js");
  EXPECT_EQ(sizes[0].at("text"), labelled["x"]["label"]);
  EXPECT_EQ(sizes[1].at("text"), labelled["y"]["label"]);
  for (const Json& size : sizes) {
    EXPECT_LE(size.at("need"), size.at("room")) << size;
  }
}

TEST_F(PageShows, LongNamesFitAPhone) {
  const std::string name = "Table VIII, of the iterative network, lenet5, policy block_fixed, ";
  std::vector<Json> lines;
  Json bars = Json::array();
  for (int i = 0; i < 12; ++i) {
    lines.push_back(series(name + std::to_string(i), "ours", "", points({{1, 0.5}, {2, 1}})));
    bars.push_back({{"x", std::to_string(i) + " " + name}, {"y", 1}});
  }
  Json stacked = plot(kIteration, kAmount, {series("cycles", "ours", "", bars)});
  stacked["kind"] = "stacked_bar";
  stacked["x"]["type"] = "category";
  const Json seen =
      Browser::run_in_width(page_of_plots({plot(kIteration, kShare, lines), stacked}), 390, R"js(
    return [...page.document.querySelectorAll('canvas')].map((canvas) => {
      const {legend, chartArea, height, scales} = page.Chart.getChart(canvas);
      return {legend: [legend.legendItems.length, legend.left, legend.right, legend.bottom], height,
              hidden: legend.legendHitBoxes.filter((box) => box.top + box.height > height).length,
              outside: legend.legendHitBoxes.filter((box) => box.left + box.width > canvas.clientWidth).length,
              names: scales.x.ticks.length, plot: chartArea.bottom - chartArea.top};
    });
  )js");
  EXPECT_EQ(seen[0].at("legend")[0], 12);
  EXPECT_EQ(seen[1].at("names"), 12) << "every bar has its name";
  for (const Json& chart : seen) {
    EXPECT_EQ(chart.at("hidden"), 0) << chart;
    EXPECT_EQ(chart.at("outside"), 0) << chart;
    EXPECT_GT(chart.at("plot"), 120) << chart;
  }
}

TEST_F(PageShows, SharesEndAtNothingAndAll) {
  const auto line = [](double first, double second) {
    return series("a", "ours", "a", points({{1, first}, {2, second}}));
  };
  const Json axes = Browser::run(
      page_of_plots({plot(kIteration, kShare, {line(1, 1)}), plot(kIteration, kShare, {line(0, 0)}),
                     plot(kIteration, kShare, {line(0.003, 0.9999)}),
                     plot(kIteration, kAmount, {line(0, 0)}),
                     plot(kIteration, kShare, {line(0.5, 1.0000000000000002)}),
                     plot(kIteration, kShare, {line(-0.5, 1.5)})}),
      kReadAxes);
  for (std::size_t i = 0; i < 5; ++i) {
    SCOPED_TRACE(i);
    const Json& ends = axes[i][1].at("ends");
    EXPECT_GE(ends[0], 0);
    EXPECT_LT(ends[0], ends[1]);
    EXPECT_LE(ends[1], 1);
    for (const Json& tick : axes[i][1].at("ticks")) {
      EXPECT_GE(tick, ends[0]);
      EXPECT_LE(tick, ends[1]);
    }
  }
  EXPECT_EQ(axes[0][1].at("ends")[1], 1);
  EXPECT_EQ(axes[1][1].at("ends")[0], 0);
  EXPECT_LE(axes[5][1].at("ends")[0], -0.5) << "nothing is cut off";
  EXPECT_GE(axes[5][1].at("ends")[1], 1.5);
}

TEST_F(PageShows, PairsShareColourAndShapeAndThePapersAreHollow) {
  const Json data = points({{1, 0.5}, {2, 1}});
  std::vector<Json> all;
  for (int i = 0; i < 12; ++i) {
    all.push_back(series("ours " + std::to_string(i), "ours", std::to_string(i), data));
  }
  all.push_back(series("Table II", "paper", "3", data));
  all.push_back(series("alone", "paper", "alone", data));
  Json bars = plot(kIteration, kShare,
                   {series("bytes", "ours", "b", data), series("theirs", "paper", "b", data)});
  bars["kind"] = "bar";
  const Json charts = Browser::run(page_of_plots({plot(kIteration, kShare, all), bars}), R"js(
    return [...document.querySelectorAll('canvas')].map((canvas) => {
      const chart = Chart.getChart(canvas);
      const legend = chart.legend.legendItems;
      return chart.data.datasets.map((set, i) => ({
        colour: set.borderColor, fill: set.pointBackgroundColor, shape: [set.pointStyle, set.pointRotation],
        bar: set.backgroundColor, outline: set.borderWidth, legend: [legend[i].strokeStyle, legend[i].fillStyle],
      }));
    });
  )js");
  const Json& lines = charts[0];
  std::set<std::string> looks;
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(lines[i].at("fill"), lines[i].at("colour")) << "ours is solid";
    looks.insert(lines[i].at("colour").dump() + lines[i].at("shape").dump());
    if (i > 0) {
      EXPECT_NE(lines[i].at("colour"), lines[i - 1].at("colour"));
      EXPECT_NE(lines[i].at("shape"), lines[i - 1].at("shape"));
    }
  }
  EXPECT_EQ(looks.size(), 12U);
  EXPECT_EQ(lines[12].at("colour"), lines[3].at("colour"));
  EXPECT_EQ(lines[12].at("shape"), lines[3].at("shape"));
  EXPECT_EQ(lines[12].at("fill"), "#fff");
  EXPECT_EQ(lines[12].at("legend"), Json({lines[3].at("colour"), "#fff"}));
  EXPECT_EQ(looks.count(lines[13].at("colour").dump() + lines[13].at("shape").dump()), 0U);
  EXPECT_EQ(lines[13].at("fill"), "#fff");
  const Json& pair = charts[1];
  EXPECT_EQ(pair[1].at("colour"), pair[0].at("bar")) << "outlined in the colour of ours";
  EXPECT_EQ(pair[1].at("bar"), "#fff");
  EXPECT_GT(pair[1].at("outline"), 1);
}

TEST_F(PageShows, ABannerOnlyOfUnfinishedEvaluations) {
  const char* const read = R"js(
    return [...document.querySelectorAll('.banner')].map((one) => ({
      text: one.textContent, visible: one.checkVisibility(), first: !one.previousElementSibling.matches('p'),
    }));
  )js";
  Json document = evaluation();
  EXPECT_EQ(Browser::run(page(document), read), Json::array());
  document["progress"] = {
      {"points", 2}, {"done", 2}, {"failed", Json::array()}, {"missing", Json::array()}};
  EXPECT_EQ(Browser::run(page(document), read), Json::array());
  document["progress"]["done"] = 1;
  document["progress"]["failed"] = {kHostile};
  const Json banner = Browser::run(page(document), read);
  ASSERT_EQ(banner.size(), 1U);
  EXPECT_EQ(banner[0].at("text"),
            std::string("Unfinished: 1 of 2 points are done. 1 point failed: ") + kHostile + ".");
  EXPECT_EQ(banner[0].at("visible"), true);
  EXPECT_EQ(banner[0].at("first"), true);
}

/// Of every box that can scroll: whether it does, and which edges are shadowed.
constexpr const char* kReadEdges = R"js(
  const shadow = (frame) => page.getComputedStyle(frame, '::after').boxShadow;
  const seen = (box) => ({
    scrolls: box.scrollWidth > box.clientWidth, edges: box.parentElement.className.split(' ').slice(1),
    shadowed: shadow(box.parentElement).includes('rgba(29, 33, 41'), tab: box.tabIndex,
  });
  const boxes = [...page.document.querySelectorAll('section > figure > .frame > .scroll')];
  const before = boxes.map(seen);
  boxes.forEach((box) => { box.scrollLeft = box.scrollWidth; box.dispatchEvent(new Event('scroll')); });
  return {before, after: boxes.map(seen)};
)js";

TEST_F(PageShows, AnEdgeWhereATableScrollsAndOnlyThere) {
  const std::string page = HtmlPage({sample_part()}).text();
  const Json narrow = Browser::run_in_width(page, 390, kReadEdges);
  std::size_t scrolling = 0;
  for (std::size_t i = 0; i < narrow.at("before").size(); ++i) {
    const Json& before = narrow.at("before")[i];
    const bool scrolls = before.at("scrolls");
    scrolling += scrolls ? 1 : 0;
    EXPECT_EQ(before.at("edges"), scrolls ? Json({"more-right"}) : Json::array());
    EXPECT_EQ(before.at("shadowed"), scrolls);
    EXPECT_EQ(before.at("tab"), scrolls ? 0 : -1) << "keys reach what they can scroll";
    EXPECT_EQ(narrow.at("after")[i].at("edges"), scrolls ? Json({"more-left"}) : Json::array());
  }
  EXPECT_GE(scrolling, 1U);
  Json small = evaluation();
  small["sections"][0]["tables"] = Json::parse(
      R"([{"title": "Small", "columns": [{"label": "n", "type": "number"}], "rows": [[1]]}])");
  const Json wide = Browser::run_in_width(this->page(small), 1100, kReadEdges);
  EXPECT_EQ(wide.at("before")[0].at("edges"), Json::array());
  EXPECT_EQ(wide.at("before")[0].at("shadowed"), false);
}

TEST_F(PageShows, ASentenceOverEachTableThatHasOne) {
  const Json seen = Browser::run(HtmlPage({sample_part()}).text(), R"js(
    return [...document.querySelectorAll('figure.table')].map(
        (figure) => [...figure.querySelectorAll('.headline')].map((one) => one.textContent));
  )js");
  EXPECT_EQ(seen, Json::parse(R"([["The best of six is layer9."], []])"));
}

TEST_F(PageShows, EveryPlotHasAlternativesInWordsAndAsATable) {
  const Report report = {sample_part()};
  const std::vector<ReportPlot>& plots = report[0].sections[1].plots;
  const Json seen = Browser::run(HtmlPage(report).text(), R"js(
    return [...document.querySelectorAll('figure.plot')].map((figure) => {
      const canvas = figure.querySelector('canvas');
      const details = figure.querySelector('details');
      details.querySelector('summary').click();
      return {role: canvas.getAttribute('role'), label: canvas.getAttribute('aria-label'), open: details.open,
              region: details.querySelector('[role=region]').getAttribute('aria-label'),
              rows: details.querySelectorAll('tbody tr').length};
    });
  )js");
  ASSERT_EQ(seen.size(), plots.size());
  for (std::size_t i = 0; i < plots.size(); ++i) {
    EXPECT_EQ(seen[i].at("role"), "img");
    EXPECT_EQ(seen[i].at("label"), plot_words(plots[i]));
    EXPECT_EQ(seen[i].at("open"), true);
    EXPECT_EQ(seen[i].at("region"), "Data of " + plots[i].title);
    EXPECT_EQ(seen[i].at("rows"), table_of_points(plots[i]).rows.size());
  }
}

TEST_F(PageShows, TablesAreSortedWithTheKeyboardAndSayHow) {
  const Json seen = Browser::run(HtmlPage({sample_part()}).text(), R"js(
    const button = document.querySelectorAll('th button')[1];
    button.focus();
    const said = document.querySelector('[role=status]').textContent;
    button.click();  // what Enter and Space do to a button that has the focus
    return {focused: document.activeElement === button, tab: button.tabIndex, said,
            now: document.querySelector('[role=status]').textContent,
            labels: [...document.querySelectorAll('table')].map((one) => one.getAttribute('aria-label') || '')};
  )js");
  EXPECT_EQ(seen.at("focused"), true);
  EXPECT_EQ(seen.at("tab"), 0);
  EXPECT_EQ(seen.at("said"), "");
  EXPECT_EQ(seen.at("now"), "Sorted by accuracy, ascending");
  EXPECT_THAT(seen.at("labels").get<std::vector<std::string>>(),
              testing::Not(testing::Contains("")));
}

}  // namespace
}  // namespace airnn::test
