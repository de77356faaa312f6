// SPDX-License-Identifier: Apache-2.0
#include "sw/report/html_text.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

TEST(HtmlText, EscapesWhatWouldBeMarkup) {
  EXPECT_EQ(html_escaped("a < b & c > \"d\""), "a &lt; b &amp; c &gt; &quot;d&quot;");
  EXPECT_EQ(html_escaped("&amp;"), "&amp;amp;");
  EXPECT_EQ(html_escaped("\u00e9 \u2713\n\t'"), "\u00e9 \u2713\n\t'");
  EXPECT_EQ(html_escaped(std::string("a\0b\x7f", 4)), "a\uFFFDb\uFFFD");
}

TEST(HtmlText, JsonInAScriptIsTheSameDocumentWithoutMarkup) {
  const nlohmann::json document = {{kHostile, {kHostile, "<", 1.5}}};
  const std::string safe = script_safe_json(document.dump());
  EXPECT_EQ(safe.find_first_of("<>&"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(safe), document);
}

TEST(HtmlText, FillsASkeletonOnce) {
  const auto content = [](std::string_view name) -> std::string_view {
    return name == "a" ? "{{b}}" : name == "b" ? "two" : "none";
  };
  EXPECT_EQ(filled("x{{a}}y{{b}}{{a}}", content), "x{{b}}ytwo{{b}}");
  EXPECT_EQ(filled("nothing } to { fill", content), "nothing } to { fill");
  EXPECT_EQ(filled("{{b}}", content), "two");
}

TEST(HtmlText, ProseMayHaveCode) {
  EXPECT_EQ(html_prose("a < `b_c` > `"), "a &lt; <code>b_c</code> &gt; `");
  EXPECT_EQ(html_prose("`<script>`"), "`&lt;script&gt;`");
}

}  // namespace
}  // namespace airnn::test
