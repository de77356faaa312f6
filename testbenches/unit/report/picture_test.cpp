// SPDX-License-Identifier: Apache-2.0
//
// Pictures of nodes and links: what is read, drawn, and said of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sw/format/errors.h"
#include "sw/report/html_page.h"
#include "sw/report/markdown_page.h"
#include "sw/report/picture_svg.h"
#include "sw/report/report_reader.h"
#include "sw/report/report_words.h"
#include "testbenches/unit/report/browser.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Json link(const std::string& label, int from, int to, double share, double amount) {
  return {{"label", label}, {"from", from}, {"to", to}, {"share", share}, {"amount", amount}};
}

/// Two nodes side by side; what goes east is busy, what goes west is hardly.
Json picture() {
  Json enters = link("injection at 0", 0, 0, 0.8, 800);
  enters["from_units"] = true;
  Json leaves = link("ejection at 1", 1, 1, 0.8, 800);
  leaves["to_units"] = true;
  return {{"title", "Loads"},
          {"headline", "One is busy."},
          {"share", "share of cycles"},
          {"amount", "flits"},
          {"nodes",
           {{{"label", "0"}, {"x", 0}, {"y", 0}, {"units", {"memory", "host", "c", "d", "e"}}},
            {{"label", "1"}, {"x", 1}, {"y", 0}, {"units", {kHostile}}}}},
          {"links",
           {link("link 0 to 1", 0, 1, 0.8, 800), link("link 1 to 0", 1, 0, 0.05, 50), enters,
            leaves, link("unused", 1, 0, 0, 0)}}};
}

ReportPart part_with(const Json& picture) {
  Json document = {{"schema", "airnn-evaluation-1"},
                   {"title", "Pictures"},
                   {"sections",
                    {{{"id", "one"},
                      {"title", "One"},
                      {"tables", Json::array()},
                      {"plots", Json::array()},
                      {"pictures", Json::array({picture})}}}}};
  return ReportReader::read("run/evaluation.json", document.dump());
}

std::string page() {
  return HtmlPage({part_with(picture())}).text();
}

std::string refusal(const std::string& pointer, const Json& value) {
  Json other = picture();
  other[Json::json_pointer(pointer)] = value;
  try {
    part_with(other);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Picture, IsReadStrictly) {
  const ReportPicture read = part_with(picture()).sections.at(0).pictures.at(0);
  ASSERT_EQ(read.nodes.size(), 2U);
  EXPECT_EQ(read.nodes[1].x, 1);
  EXPECT_EQ(read.nodes[0].units.size(), 5U);
  ASSERT_EQ(read.links.size(), 5U);
  EXPECT_TRUE(read.links[2].from_units);
  EXPECT_FALSE(read.links[2].to_units);
  EXPECT_EQ(read.links[1].share, 0.05);
  EXPECT_THAT(refusal("/links/0/share", 1.5), HasSubstr("/links/0/share: expected 0 to 1"));
  EXPECT_THAT(refusal("/links/0/to", 2), HasSubstr("/pictures/0/links/0/to: expected"));
  EXPECT_THAT(refusal("/nodes/0/x", -1), HasSubstr("/nodes/0/x: expected"));
  EXPECT_THAT(refusal("/nodes/0/units", 3), HasSubstr("/nodes/0/units: expected"));
}

TEST(Picture, SaysWhatItShowsToThoseWhoDoNotSeeIt) {
  const ReportPicture read = part_with(picture()).sections[0].pictures[0];
  EXPECT_EQ(picture_words(read),
            "Loads. Picture of 2 nodes and 5 links, shaded by share of cycles. The busiest is link "
            "0 to 1: share of cycles 80 %, 800 flits. The table below it has all its numbers.");
  const ReportTable table = table_of_links(read);
  ASSERT_EQ(table.rows.size(), 5U);
  EXPECT_EQ(std::get<std::string>(table.rows[2][1]), "units of 0");
  EXPECT_EQ(std::get<std::string>(table.rows[2][2]), "0");
  EXPECT_EQ(std::get<double>(table.rows[1][3]), 50);
  EXPECT_EQ(std::get<double>(table.rows[1][4]), 0.05);
}

TEST(Picture, HasNamesAndNumbersOfAllNodesAndLinks) {
  const std::string svg = picture_svg(part_with(picture()).sections[0].pictures[0]);
  EXPECT_THAT(svg, HasSubstr("<title>link 1 to 0: share of cycles 5 %, 50 flits</title>"));
  EXPECT_THAT(svg, HasSubstr("<title>0: memory, host, c, d, e</title>"));
  EXPECT_THAT(svg, HasSubstr(">and 2 more</text>"));
  EXPECT_THAT(svg, HasSubstr(">80 %</text>"));
  EXPECT_THAT(svg, Not(HasSubstr(">0 %</text>"))) << "what carries nothing has no number";
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"Loads. Picture of"));
  EXPECT_THAT(svg, HasSubstr("#08306b")) << "the busiest is darkest";
}

TEST(Picture, StandsOnThePageWithItsTableAndOnlyThere) {
  const std::string text = page();
  EXPECT_THAT(text,
              HasSubstr("<figcaption>Loads</figcaption>\n<p class=\"headline\">One is busy."));
  EXPECT_THAT(text, HasSubstr("The picture's data as a table (5 rows)"));
  EXPECT_THAT(text, Not(HasSubstr(kHostile)));
  EXPECT_THAT(MarkdownPage({part_with(picture())}).text(),
              HasSubstr("On the HTML page only: Loads."));
}

TEST(Picture, ShowsLinksBetweenTheirNodesInABrowser) {
  if (Browser::program().empty()) {
    GTEST_SKIP() << "no chromium or google-chrome found when the build was configured";
  }
  const Json seen = Browser::run(page(), R"js(
    const box = (element) => element.getBoundingClientRect();
    const routers = [...document.querySelectorAll('.node rect:first-of-type')].map(box);
    const links = [...document.querySelectorAll('.link polygon')].map(box);
    return {between: links.slice(0, 2).map((link) =>
              link.left >= routers[0].right - 1 && link.right <= routers[1].left + 1),
            apart: links[0].top >= links[1].bottom,
            wider: links[0].height > links[1].height,
            units: links[2].left >= routers[0].right - 8 && links[2].top >= routers[0].bottom - 8,
            wide: document.documentElement.scrollWidth <= window.innerWidth};
  )js");
  EXPECT_EQ(seen, Json({{"between", {true, true}},
                        {"apart", true},
                        {"wider", true},
                        {"units", true},
                        {"wide", true}}));
}

}  // namespace
}  // namespace airnn::test
