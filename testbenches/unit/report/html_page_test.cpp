// SPDX-License-Identifier: Apache-2.0
#include "sw/report/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "sw/report/embedded.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const Report& report) {
  return HtmlPage(report).text();
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// The page without the library that draws.
std::string own_part(std::string page) {
  const std::string library(embedded_chart_js());
  const std::size_t at = page.find(library);
  EXPECT_NE(at, std::string::npos);
  return page.erase(at, library.size());
}

TEST(HtmlPage, EqualReportsGiveEqualBytes) {
  const std::string page = page_of({sample_part()});
  EXPECT_EQ(page, page_of({sample_part()}));
}

TEST(HtmlPage, NamesNothingThatABrowserWouldLoad) {
  const std::string page = own_part(page_of({sample_part()}));
  std::set<std::string> targets;
  const std::regex loading(
      R"re(<[a-z]+[^<>]*\s(src|href|action|data|poster|srcset)\s*=\s*"([^"]*)")re",
      std::regex::icase);
  for (std::sregex_iterator it(page.begin(), page.end(), loading), end; it != end; ++it) {
    targets.insert((*it)[2]);
  }
  EXPECT_THAT(targets, testing::UnorderedElementsAre("data:,", "#table2", "#plots"));
  for (const char* word :
       {"http:", "https:", "url(", "@import", "import(", "fetch(", "XMLHttpRequest"}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
  EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; "));
}

TEST(HtmlPage, LibraryLoadsNothing) {
  const std::string library(embedded_chart_js());
  for (const char* word : {"import(", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon"}) {
    EXPECT_THAT(library, Not(HasSubstr(word)));
  }
}

TEST(HtmlPage, KeepsTheNoticesOfTheLibrary) {
  const std::string page = page_of({sample_part()});
  EXPECT_THAT(page, HasSubstr("Released under the MIT License"));
  EXPECT_THAT(own_part(page), HasSubstr("Permission is hereby granted, free of charge"));
  EXPECT_THAT(own_part(page), HasSubstr("Chart.js Contributors"));
}

TEST(HtmlPage, DataCannotBecomeMarkup) {
  const std::string page = own_part(page_of({sample_part()}));
  EXPECT_EQ(count(page, "<script"), 7U + 2U);  // of the plots, and the two at the end
  EXPECT_EQ(count(page, "</script"), 7U + 2U);
  EXPECT_EQ(count(page, "<!--"), 1U);
  EXPECT_THAT(page, HasSubstr("&lt;/script&gt;&lt;script&gt;window.intruder = 1"));
  EXPECT_THAT(page, HasSubstr("{{style}}"));
}

TEST(HtmlPage, LinksEverySectionOfEveryPart) {
  Report report = {sample_part(), sample_part()};
  report[1].title = "Second";
  make_ids_unique(report);
  const std::string page = page_of(report);
  std::set<std::string> ids;
  const std::regex id(" id=\"([^\"]*)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it) {
    EXPECT_TRUE(ids.insert((*it)[1]).second) << (*it)[1];
  }
  std::set<std::string> links;
  const std::regex link("<a href=\"#([^\"]*)\"");
  for (std::sregex_iterator it(page.begin(), page.end(), link), end; it != end; ++it) {
    links.insert((*it)[1]);
  }
  EXPECT_EQ(links, ids);
  EXPECT_EQ(ids, (std::set<std::string>{":1", ":2", "table2", "table2-2", "plots", "plots-2"}));
}

TEST(HtmlPage, ShowsTablesWithTheirUnitsAndNumbers) {
  const std::string page = page_of({sample_part()});
  EXPECT_THAT(page, HasSubstr("energy <span class=\"unit\">pJ</span>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\" data-value=\"1234567\">1,234,567</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\" data-value=\"0.1234567\">0.1235</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\" data-missing>\u2013</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"mark\" data-value=\"1\">\u2713</td>"));
  EXPECT_THAT(page, HasSubstr("<p class=\"source\">Table II</p>"));
  EXPECT_THAT(page, HasSubstr("<footer>airnn 0.1.0</footer>"));
}

TEST(HtmlPage, AnEmptyEvaluationIsAPageToo) {
  ReportPart part;
  part.title = "Nothing";
  const std::string page = page_of({part});
  EXPECT_THAT(page, HasSubstr("<title>Nothing</title>"));
  EXPECT_THAT(page, HasSubstr("<h1>Nothing</h1>"));
}

}  // namespace
}  // namespace airnn::test
