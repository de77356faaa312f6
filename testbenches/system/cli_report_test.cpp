// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

/// `airnn report`.
class CliReport : public CliTest {
 protected:
  static Json evaluation(const std::string& title) {
    Json document = Json::parse(R"json({
      "schema": "airnn-evaluation-1",
      "sections": [{
        "id": "one",
        "title": "Section",
        "tables": [{"title": "T",
                    "columns": [{"label": "accuracy", "type": "number", "digits": 3}],
                    "rows": [[0.5], [null]]}],
        "plots": [{"title": "P", "kind": "line",
                   "x": {"label": "K", "type": "number"}, "y": {"type": "number"},
                   "series": [{"label": "s", "role": "ours", "points": [{"x": 1, "y": 2}]}]}]
      }]
    })json");
    document["title"] = title;
    return document;
  }
  void make(const std::string& folder, const std::string& text) const {
    fs::create_directories(path(folder));
    write(folder + "/evaluation.json", text);
  }
};

TEST_F(CliReport, WritesPageAndMarkdownOfAllFolders) {
  make("a", evaluation("First").dump());
  make("b", evaluation("Second").dump());
  EXPECT_EQ(good({"report", "a", "b", "-o", "page.html", "--markdown", "page.md"}), "");
  EXPECT_THAT(bytes_of("page.html"), HasSubstr("<title>First \u00b7 Second</title>"));
  EXPECT_THAT(bytes_of("page.html"), HasSubstr("<section id=\"one-2\">"));
  EXPECT_EQ(bytes_of("page.md").substr(0, 47),
            "# First\n\n## Section\n\n**T**\n\n| accuracy |\n|---:|");
  EXPECT_THAT(bytes_of("page.md"), HasSubstr("\n# Second\n"));
  EXPECT_EQ(files(), (std::set<std::string>{"a", "b", "page.html", "page.md"}));
}

TEST_F(CliReport, ShowsASingleRun) {
  good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
  good({"digits", "--count", "3", "--seed", "1", "-o", "d"});
  good({"simulate", "net.airnn", "--run", source_path("configs/run/default.yaml"), "--images",
        "d-images.idx", "--labels", "d-labels.idx", "--out", "run", "-q"});
  good({"report", "run", "-o", "page.html", "--markdown", "page.md"});
  const std::string page = bytes_of("page.md");
  const Json summary = json_of("run/results.json").at("summary");
  EXPECT_THAT(page, HasSubstr("scheme iterative"));
  EXPECT_THAT(bytes_of("page.html"), HasSubstr("memory.latency_cycles"));
  EXPECT_THAT(page,
              HasSubstr("| " + std::to_string(summary.at("stopped_at").at(1).get<int>()) + " |"));
  EXPECT_THAT(bytes_of("page.html"), HasSubstr("Energy by component"));
  EXPECT_THAT(page, Not(HasSubstr("Unfinished"))) << "all inputs are done";
  EXPECT_THAT(page, HasSubstr("No element of inputs and results was beyond its number format."));
  EXPECT_THAT(page, HasSubstr("| inputs | 2,352 | 0 | 0 |"));
  Json results = json_of("run/results.json");
  const std::string layer = results.at("layers").at(1).at("layer");
  std::uint64_t elements = 0;
  for (Json& entry : results.at("layers")) {
    elements += entry.at("layer") == layer ? entry.at("elements").get<std::uint64_t>() : 0;
  }
  results.at("layers").at(1).at("saturated") = elements / 4;
  write("run/results.json", results.dump());
  good({"report", "run", "-o", "page.html", "--markdown", "page.md"});
  EXPECT_THAT(bytes_of("page.md"),
              HasSubstr("25 % of the elements of " + layer + " are beyond their number format"));
  write("run/results.json", "{}");
  expect_refused({"report", "run", "-o", "other.html"}, "not the results of a run");
}

TEST_F(CliReport, BytesDependOnTheContentOnly) {
  make("a", evaluation("Same").dump());
  make("deep/er", evaluation("Same").dump(2));
  good({"report", "a", "-o", "1.html", "--markdown", "1.md"});
  good({"report", path("deep/er"), "-o", path("2.html"), "--markdown", "2.md"});
  EXPECT_EQ(bytes_of("1.html"), bytes_of("2.html"));
  EXPECT_EQ(bytes_of("1.md"), bytes_of("2.md"));
  EXPECT_EQ(bytes_of("1.html").find(path("")), std::string::npos);
}

TEST_F(CliReport, RefusesBadInput) {
  make("a", evaluation("Good").dump());
  expect_refused({"report", "-o", "page.html"}, "folders is required");
  expect_refused({"report", "a"}, "--output");
  expect_refused({"report", "none", "-o", "page.html"}, "none/evaluation.json: ");
  expect_refused({"report", "a", "none", "-o", "page.html", "--markdown", "page.md"},
                 "none/evaluation.json: ");
  make("b", "{]");
  expect_refused({"report", "a", "b", "-o", "page.html"}, "b/evaluation.json:1: expected JSON");
  Json wrong = evaluation("Wrong");
  wrong["sections"][0]["tables"][0]["rows"][1][0] = "half";
  make("c", wrong.dump());
  expect_refused({"report", "c", "-o", "page.html"},
                 "c/evaluation.json: /sections/0/tables/0/rows/1/0: expected a number, found "
                 "\"half\"");
  fs::create_directories(path("d/evaluation.json"));
  expect_refused({"report", "d", "-o", "page.html"}, "d/evaluation.json: ");
}

TEST_F(CliReport, RefusesOutputsThatCannotBe) {
  make("a", evaluation("Good").dump());
  const std::string before = bytes_of("a/evaluation.json");
  expect_refused({"report", "a", "-o", "a"}, "--output: 'a' is a folder");
  expect_refused({"report", "a", "-o", "none/page.html"}, "--output: none/page.html: ");
  expect_refused({"report", "a", "-o", "x", "--markdown", "./x"}, "--markdown: './x' is the same");
  expect_refused({"report", "a", "-o", "a/evaluation.json"}, "is the same file as an input");
  expect_refused({"report", "a", "-o", "x", "--markdown", "a/../a/evaluation.json"},
                 "is the same file as an input");
  EXPECT_EQ(bytes_of("a/evaluation.json"), before);
}

TEST_F(CliReport, WritesBothFilesOrNone) {
  make("a", evaluation("Good").dump());
  write("page.html", "old page");
  write("page.md", "old text");
  ProgramSetting setting;
  setting.file_size_limit = 4096;  // enough for the text only
  expect_refused({"report", "a", "-o", "page.html", "--markdown", "page.md"},
                 "page.html: ", setting);
  EXPECT_EQ(bytes_of("page.html"), "old page");
  EXPECT_EQ(bytes_of("page.md"), "old text");
}

}  // namespace
}  // namespace airnn::test
