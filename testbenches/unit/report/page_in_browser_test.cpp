// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sw/report/html_page.h"
#include "sw/report/number_text.h"
#include "testbenches/unit/report/browser.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using Json = nlohmann::json;

/// The page of the sample in a real browser.
class PageInBrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (Browser::program().empty()) {
      GTEST_SKIP() << "no chromium or google-chrome found when the build was configured";
    }
  }

  const Report report_ = {sample_part()};
  const std::string page_ = HtmlPage(report_).text();
};

/// Per chart what the library holds, and per point where it is drawn, in the units of the axes.
constexpr const char* kReadCharts = R"js(
  return [...document.querySelectorAll('canvas')].map((canvas) => {
    const chart = Chart.getChart(canvas);
    const pen = canvas.getContext('2d');
    const ratio = canvas.width / canvas.clientWidth;
    const ink = (x, y) => [...pen.getImageData(x * ratio, y * ratio, 1, 1).data];
    const {x: across, y: up} = chart.scales;
    return {
      kind: chart.config.data.datasets.map((set) => set.type),
      xType: across.type,
      titles: [across, up].map((scale) => scale.options.title.text),
      size: [canvas.clientWidth, canvas.clientHeight],
      legend: chart.legend.legendItems.map((item) => item.text),
      sets: chart.data.datasets.map((set, s) => ({
        label: set.label,
        stack: set.stack || '',
        hollow: (set.type === 'bar' ? set.backgroundColor : set.pointBackgroundColor) === '#fff',
        dashed: (set.borderDash || []).length > 0,
        line: set.type === 'line' && set.showLine,
        points: chart.getDatasetMeta(s).data.map((drawn, i) => {
          const column = across.getValueForPixel(drawn.x);
          chart.tooltip.setActiveElements([{datasetIndex: s, index: i}], {x: drawn.x, y: drawn.y});
          chart.tooltip.update(true);
          const {title, body} = chart.tooltip;
          const middle = set.type === 'bar' ? (drawn.y + drawn.base) / 2 : drawn.y;
          return {
            x: across.type === 'category' ? chart.data.labels[Math.round(column)] : column,
            top: up.getValueForPixel(drawn.y),
            held: set.data[i],
            tip: {title, lines: body[0].lines, after: body[0].after},
            ink: ink(drawn.x, middle),
          };
        }),
      })),
    };
  });
)js";

bool is_bar(const ReportPlot& plot) {
  return plot.kind == ReportPlot::Kind::bar || plot.kind == ReportPlot::Kind::stacked_bar;
}

/// Where a point is drawn: on top of those of its category that came before, if bars are stacked.
double top_of(const ReportPlot& plot, std::size_t series, const ReportPoint& point) {
  double top = point.y;
  for (std::size_t s = 0; s < series && plot.kind == ReportPlot::Kind::stacked_bar; ++s) {
    for (const ReportPoint& below : plot.series[s].points) {
      const bool carries = plot.series[s].role == plot.series[series].role && below.x == point.x;
      top += carries ? below.y : 0;
    }
  }
  return top;
}

void expect_point(const Json& seen, const ReportPoint& due, const std::string& name, double top) {
  ReportColumn exact;
  exact.exact = true;
  const std::string y = cell_text(exact, due.y);
  if (const auto* text = std::get_if<std::string>(&due.x)) {
    EXPECT_EQ(seen.at("x"), *text);
    EXPECT_EQ(seen.at("held").at("x"), *text);
    EXPECT_EQ(seen.at("tip").at("title"), Json({*text}));
  } else {
    const double x = std::get<double>(due.x);
    EXPECT_EQ(seen.at("tip").at("title"), Json({cell_text(exact, x)}));
    if (seen.at("x").is_string()) {
      EXPECT_EQ(seen.at("x"), cell_text(exact, x));
    } else {
      EXPECT_NEAR(seen.at("x").get<double>(), x, 1e-6);
      EXPECT_EQ(seen.at("held").at("x"), x);
    }
  }
  EXPECT_EQ(seen.at("held").at("y"), due.y);
  EXPECT_NEAR(seen.at("top").get<double>(), top, 1e-6);
  EXPECT_EQ(seen.at("tip").at("lines"), Json({name + ": " + y}));
  EXPECT_EQ(seen.at("tip").at("after"), due.note.empty() ? Json::array() : Json({due.note}));
}

/// Its points were painted, in something that is neither the page nor (where hollow) the outline.
bool has_ink(const Json& point) {
  const Json& rgba = point.at("ink");
  return rgba[3] == 255 && (rgba[0] < 250 || rgba[1] < 250 || rgba[2] < 250);
}

TEST_F(PageInBrowser, DrawsEveryPlotWithExactlyItsData) {
  const Json charts = Browser::run(page_, kReadCharts);
  const std::vector<ReportPlot>& plots = report_[0].sections[1].plots;
  ASSERT_EQ(charts.size(), plots.size());
  for (std::size_t p = 0; p < plots.size(); ++p) {
    const ReportPlot& plot = plots[p];
    const Json& chart = charts[p];
    SCOPED_TRACE(plot.title);
    EXPECT_EQ(chart.at("titles"), Json({plot.x_label, plot.y_label}));
    const bool numbers = plot.x_axis == ReportPlot::Axis::number && !is_bar(plot);
    EXPECT_EQ(chart.at("xType"), numbers ? "linear" : "category");
    EXPECT_GT(chart.at("size")[0], 500);
    EXPECT_GT(chart.at("size")[1], 200);
    EXPECT_EQ(chart.at("legend").size(), plot.series.size());
    ASSERT_EQ(chart.at("sets").size(), plot.series.size());
    for (std::size_t s = 0; s < plot.series.size(); ++s) {
      const ReportSeries& series = plot.series[s];
      const Json& set = chart.at("sets")[s];
      const bool paper = series.role == ReportSeries::Role::paper;
      const bool front = series.role == ReportSeries::Role::front;
      const bool bar = is_bar(plot) && !front;
      EXPECT_EQ(set.at("label"), series_name(series));
      EXPECT_THAT(chart.at("legend"), testing::Contains(Json(series_name(series))));
      EXPECT_EQ(chart.at("kind")[s], bar ? "bar" : "line");
      EXPECT_EQ(set.at("line"), front || plot.kind == ReportPlot::Kind::line);
      EXPECT_EQ(set.at("hollow"), paper);
      EXPECT_EQ(set.at("dashed"), paper && !bar);
      ASSERT_EQ(set.at("points").size(), series.points.size());
      for (std::size_t i = 0; i < series.points.size(); ++i) {
        expect_point(set.at("points")[i], series.points[i], series_name(series),
                     top_of(plot, s, series.points[i]));
        if (!paper && !front) {
          EXPECT_TRUE(has_ink(set.at("points")[i])) << set.at("points")[i];
        }
      }
    }
  }
}

using Rows = std::vector<std::vector<ReportCell>>;

bool is_missing(const ReportCell& cell) {
  return std::holds_alternative<std::monostate>(cell);
}

/// Numbers by value, texts by letters with numbers in them by value, what is missing last.
bool comes_before(const ReportCell& a, const ReportCell& b, bool descending) {
  if (is_missing(a) || is_missing(b)) {
    return !is_missing(a) && is_missing(b);
  }
  const ReportCell& first = descending ? b : a;
  const ReportCell& second = descending ? a : b;
  return first < second;
}

Json texts_of(const Rows& rows, const std::vector<ReportColumn>& columns) {
  Json texts = Json::array();
  for (const auto& row : rows) {
    texts.push_back(Json::array());
    for (std::size_t c = 0; c < row.size(); ++c) {
      texts.back().push_back(cell_text(columns[c], row[c]));
    }
  }
  return texts;
}

/// Clicks every header of the first table twice and writes down the rows and the signs.
constexpr const char* kClickHeaders = R"js(
  const table = document.querySelector('table');
  const headers = [...table.tHead.rows[0].cells];
  return headers.map((header) => [1, 2].map(() => {
    header.querySelector('button').click();
    return {
      rows: [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)),
      signs: headers.map((other) => other.getAttribute('aria-sort')),
    };
  }));
)js";

TEST_F(PageInBrowser, SortsByTheHeaderThatIsClicked) {
  const ReportTable& table = report_[0].sections[0].tables[0];
  const Json clicks = Browser::run(page_, kClickHeaders);
  ASSERT_EQ(clicks.size(), table.columns.size());
  Rows rows = table.rows;
  for (std::size_t c = 1; c < table.columns.size(); ++c) {
    for (const bool descending : {false, true}) {
      SCOPED_TRACE(table.columns[c].label + (descending ? ", descending" : ", ascending"));
      // In the same order as on the page, which keeps the order of equal rows.
      if (c == 1 && !descending) {
        const Json& before = clicks[0][1].at("rows");
        std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
          const auto place = [&](const auto& row) {
            return std::find(before.begin(), before.end(), texts_of({row}, table.columns)[0]);
          };
          return place(a) < place(b);
        });
      }
      std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
        return comes_before(a[c], b[c], descending);
      });
      const Json& click = clicks[c][descending ? 1 : 0];
      EXPECT_EQ(click.at("rows"), texts_of(rows, table.columns));
      for (std::size_t other = 0; other < table.columns.size(); ++other) {
        EXPECT_EQ(click.at("signs")[other], other != c   ? "none"
                                            : descending ? "descending"
                                                         : "ascending");
      }
    }
  }
}

TEST_F(PageInBrowser, SortsTextWithNumbersByTheirValue) {
  const Json clicks = Browser::run(page_, kClickHeaders)[0];
  std::vector<std::string> up;
  std::vector<std::string> down;
  for (std::size_t i = 0; i < clicks[0].at("rows").size(); ++i) {
    up.push_back(clicks[0].at("rows")[i][0]);
    down.push_back(clicks[1].at("rows")[i][0]);
  }
  EXPECT_THAT(up, testing::ElementsAre(kHostile, "layer9", "layer10", "LeNet-5", "LeNet-300-100",
                                       "\u2013"));
  EXPECT_THAT(down, testing::ElementsAre("LeNet-300-100", "LeNet-5", "layer10", "layer9", kHostile,
                                         "\u2013"));
}

TEST_F(PageInBrowser, ShowsHostileTextAsText) {
  const Json seen = Browser::run(page_, R"js(
    return {intruder: String(window.intruder), title: document.title,
            heading: document.querySelector('h1').textContent,
            cell: document.querySelector('tbody').rows[2].cells[0].textContent};
  )js");
  EXPECT_EQ(seen.at("intruder"), "undefined");
  EXPECT_EQ(seen.at("title"), report_[0].title);
  EXPECT_EQ(seen.at("heading"), report_[0].title);
  EXPECT_EQ(seen.at("cell"), kHostile);
}

TEST_F(PageInBrowser, LoadsNothing) {
  const Json loaded =
      Browser::run(page_, "return performance.getEntriesByType('resource').map((r) => r.name);");
  EXPECT_EQ(loaded, Json::array());
}

TEST_F(PageInBrowser, FitsAPhone) {
  const Json seen = Browser::run_in_width(page_, 390, R"js(
    const root = page.document.documentElement;
    page.document.querySelectorAll('details').forEach((details) => { details.open = true; });
    const outside = [...page.document.body.querySelectorAll('*')].filter(
        (element) => element.getBoundingClientRect().right > 390 && !element.closest('table'));
    const boxes = [...page.document.querySelectorAll('.scroll')];
    return {width: root.clientWidth, page: root.scrollWidth,
            outside: outside.map((element) => element.outerHTML.slice(0, 100)),
            scrolling: boxes.filter((box) => box.scrollWidth > box.clientWidth).length,
            canvases: [...page.document.querySelectorAll('canvas')].map((c) => c.clientWidth)};
  )js");
  EXPECT_EQ(seen.at("width"), 390);
  EXPECT_EQ(seen.at("page"), 390);
  EXPECT_EQ(seen.at("outside"), Json::array());
  EXPECT_GE(seen.at("scrolling"), 1);  // the sample has a table that is too wide
  ASSERT_EQ(seen.at("canvases").size(), report_[0].sections[1].plots.size());
  for (const Json& width : seen.at("canvases")) {
    EXPECT_GT(width, 300);
  }
}

TEST_F(PageInBrowser, ShowsAllOnPaperAndIsAsBeforeThen) {
  const Json seen = Browser::run(page_, R"js(
    const open = () => [...document.querySelectorAll('details')].map((details) => details.open);
    const widths = () => [...document.querySelectorAll('canvas')].map((c) => c.clientWidth);
    const zooms = () => [...document.querySelectorAll('table')].map((table) => table.style.zoom);
    const state = () => [open(), widths(), zooms()];
    document.querySelector('details').open = true;
    const before = state();
    dispatchEvent(new Event('beforeprint'));
    const during = state();
    dispatchEvent(new Event('afterprint'));
    return {before, during, after: state()};
  )js");
  const std::size_t plots = report_[0].sections[1].plots.size();
  EXPECT_EQ(seen.at("before")[0].size(), plots);
  EXPECT_EQ(seen.at("before")[0][1], false);
  EXPECT_EQ(seen.at("during")[0], Json(std::vector<bool>(plots, true)));
  EXPECT_EQ(seen.at("during")[1], Json(std::vector<int>(plots, 660)));
  EXPECT_EQ(seen.at("before")[2][1], "");
  EXPECT_EQ(seen.at("during")[2].back(), "");
  EXPECT_LT(std::stod(seen.at("during")[2][1].get<std::string>()), 1);  // the wide one
  EXPECT_EQ(seen.at("after"), seen.at("before"));
}

}  // namespace
}  // namespace airnn::test
