// SPDX-License-Identifier: Apache-2.0
#include "sw/report/report_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "sw/format/errors.h"
#include "testbenches/unit/report/sample_evaluation.h"

namespace airnn::test {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::StartsWith;

std::string refusal(const std::string& text) {
  try {
    ReportReader::read("run/evaluation.json", text);
  } catch (const UserError& error) {
    return error.what();
  }
  return "accepted";
}

/// What is said about the sample with one value replaced, or removed without `value`.
std::string refusal_of(const std::string& pointer, const std::optional<Json>& value) {
  Json document = sample_evaluation();
  const Json::json_pointer place(pointer);
  if (value) {
    document[place] = *value;
  } else {
    document[place.parent_pointer()].erase(place.back());
  }
  return refusal(document.dump());
}

TEST(ReportReader, ReadsEverything) {
  const ReportPart part = sample_part();
  EXPECT_EQ(part.version, "0.1.0");
  EXPECT_EQ(part.title, std::string("Sample ") + kHostile);
  EXPECT_EQ(part.text, std::string("First paragraph.\n\nSecond: ") + kHostile);
  ASSERT_EQ(part.sections.size(), 2U);
  const ReportSection& section = part.sections[0];
  EXPECT_EQ(section.id, "table2");
  EXPECT_EQ(section.title, "Fractions of weights and accuracy");
  EXPECT_EQ(section.source, "Table II");
  EXPECT_EQ(section.text, "What the table shows.");
  ASSERT_EQ(section.tables.size(), 2U);

  const ReportTable& table = section.tables[0];
  EXPECT_EQ(table.title, "All types");
  EXPECT_EQ(table.headline, "The best of six is `layer9`.");
  EXPECT_EQ(table.note, std::string("Of the note. ") + kHostile);
  ASSERT_EQ(table.columns.size(), 5U);
  EXPECT_EQ(table.columns[0].type, ReportColumn::Type::text);
  EXPECT_EQ(table.columns[1].type, ReportColumn::Type::number);
  EXPECT_EQ(table.columns[1].digits, 4);
  EXPECT_EQ(table.columns[3].digits, std::nullopt);
  EXPECT_EQ(table.columns[3].unit, "pJ");
  EXPECT_EQ(table.columns[4].type, ReportColumn::Type::mark);
  EXPECT_THAT(table.rows[1],
              ElementsAre(ReportCell(std::string("LeNet-300-100")), ReportCell(),
                          ReportCell(98765.0), ReportCell(1234567.0), ReportCell(false)));
}

TEST(ReportReader, ReadsPlots) {
  const std::vector<ReportPlot> plots = sample_part().sections[1].plots;
  ASSERT_EQ(plots.size(), 7U);
  EXPECT_EQ(plots[0].kind, ReportPlot::Kind::line);
  EXPECT_EQ(plots[2].kind, ReportPlot::Kind::bar);
  EXPECT_EQ(plots[4].kind, ReportPlot::Kind::stacked_bar);
  EXPECT_EQ(plots[5].kind, ReportPlot::Kind::scatter);
  EXPECT_EQ(plots[0].x_axis, ReportPlot::Axis::number);
  EXPECT_EQ(plots[1].x_axis, ReportPlot::Axis::category);
  EXPECT_EQ(plots[5].title, "scatter over number");
  EXPECT_EQ(plots[5].x_label, "number");
  EXPECT_EQ(plots[5].y_label, "accuracy");
  ASSERT_EQ(plots[5].series.size(), 3U);
  EXPECT_EQ(plots[5].series[0].role, ReportSeries::Role::ours);
  EXPECT_EQ(plots[5].series[1].role, ReportSeries::Role::front);
  EXPECT_EQ(plots[5].series[2].role, ReportSeries::Role::paper);
  EXPECT_EQ(plots[5].series[0].label, "trials");
  EXPECT_EQ(std::get<double>(plots[5].series[0].points[0].x), 10);
  EXPECT_EQ(plots[5].series[0].points[0].y, 0.2);
  EXPECT_EQ(plots[5].series[0].points[0].note, "K = 2");
  EXPECT_EQ(std::get<std::string>(plots[2].series[0].points[1].x), "b");
}

TEST(ReportReader, ReadsWhatAxesCanBeAndWhichSeriesArePairs) {
  Json document = sample_evaluation();
  Json& plot = document["sections"][1]["plots"][0];
  plot["x"]["least"] = 1;
  plot["x"]["whole"] = true;
  plot["y"]["least"] = 0;
  plot["y"]["most"] = 1;
  plot["series"][1]["pair"] = "another";
  const ReportPart part = ReportReader::read("file", document.dump());
  const ReportPlot& read = part.sections[1].plots[0];
  EXPECT_EQ(read.x_range.least, 1);
  EXPECT_EQ(read.x_range.most, std::nullopt);
  EXPECT_TRUE(read.x_range.whole);
  EXPECT_EQ(read.y_range.most, 1);
  EXPECT_FALSE(read.y_range.whole);
  EXPECT_EQ(read.series[0].pair, "ours") << "its label, if nothing else is said";
  EXPECT_EQ(read.series[1].pair, "another");
  plot["x"]["most"] = 0;
  EXPECT_EQ(refusal(document.dump()),
            "run/evaluation.json: /sections/1/plots/0/x/most: expected at least 1, which is "
            "'least', found 0");
}

TEST(ReportReader, ReadsHowFarAnEvaluationHasCome) {
  Json document = sample_evaluation();
  EXPECT_FALSE(ReportReader::read("file", document.dump()).progress.has_value());
  document["progress"] = {{"points", 4}, {"done", 2}, {"failed", {"a"}}, {"missing", {kHostile}}};
  const ReportProgress progress = *ReportReader::read("file", document.dump()).progress;
  EXPECT_EQ(progress.points, 4);
  EXPECT_EQ(progress.done, 2);
  EXPECT_THAT(progress.failed, ElementsAre("a"));
  EXPECT_THAT(progress.missing, ElementsAre(kHostile));
  document["progress"]["done"] = 3;
  EXPECT_EQ(refusal(document.dump()),
            "run/evaluation.json: /progress: expected names of the 1 points that are not done, "
            "found 2");
  document["progress"]["done"] = 5;
  EXPECT_EQ(refusal(document.dump()),
            "run/evaluation.json: /progress/done: expected an integer 0 .. 4, found 5");
}

TEST(ReportReader, SkipsKeysItDoesNotKnow) {
  Json document = sample_evaluation();
  document["host"] = {1, 2};
  document["sections"][0]["more"] = nullptr;
  document["sections"][1]["plots"][0]["series"][0]["points"][0]["z"] = "?";
  EXPECT_EQ(refusal(document.dump()), "accepted");
}

TEST(ReportReader, TextsThatMayBeEmptyMayBeMissing) {
  for (const char* pointer :
       {"/version", "/text", "/sections/0/source", "/sections/0/text", "/sections/0/tables/0/title",
        "/sections/0/tables/0/note", "/sections/0/tables/0/headline",
        "/sections/0/tables/0/columns/0/unit", "/sections/0/tables/0/columns/1/digits",
        "/sections/1/plots/0/title", "/sections/1/plots/0/x/label",
        "/sections/1/plots/0/series/0/points/0/note"}) {
    EXPECT_EQ(refusal_of(pointer, std::nullopt), "accepted") << pointer;
  }
}

TEST(ReportReader, NamesTheKeyThatIsMissing) {
  for (const char* pointer : {"/schema",
                              "/title",
                              "/sections",
                              "/sections/0/id",
                              "/sections/1/title",
                              "/sections/0/tables",
                              "/sections/0/plots",
                              "/sections/0/tables/0/columns",
                              "/sections/0/tables/1/rows",
                              "/sections/0/tables/0/columns/2/label",
                              "/sections/0/tables/0/columns/2/type",
                              "/sections/1/plots/2/kind",
                              "/sections/1/plots/2/x",
                              "/sections/1/plots/2/y",
                              "/sections/1/plots/2/x/type",
                              "/sections/1/plots/2/y/type",
                              "/sections/1/plots/2/series",
                              "/sections/1/plots/2/series/0/label",
                              "/sections/1/plots/2/series/0/role",
                              "/sections/1/plots/2/series/0/points",
                              "/sections/1/plots/2/series/0/points/1/x",
                              "/sections/1/plots/2/series/0/points/1/y"}) {
    const Json::json_pointer place(pointer);
    const std::string where = place.parent_pointer().to_string();
    EXPECT_EQ(refusal_of(pointer, std::nullopt), "run/evaluation.json: " + where +
                                                     (where.empty() ? "" : ": ") +
                                                     "expected a key \"" + place.back() + "\"");
  }
}

TEST(ReportReader, NamesThePlaceOfAWrongTypeAndWhatWasExpected) {
  struct Case {
    const char* pointer;
    Json value;
    const char* message;
  };
  const Case cases[] = {
      {"/schema", "airnn-evaluation-2",
       "expected \"airnn-evaluation-1\", found \"airnn-evaluation-2\""},
      {"/title", 5, "expected a string, found 5"},
      {"/text", nullptr, "expected a string, found null"},
      {"/sections", Json::object(), "expected an array, found an object"},
      {"/sections/1", "no", "expected an object, found \"no\""},
      {"/sections/0/id", "", "expected letters, digits, '.', '-' and '_', found \"\""},
      {"/sections/0/id", "a b", "expected letters, digits, '.', '-' and '_', found \"a b\""},
      {"/sections/0/title", std::string(100, 'x'), "accepted"},
      {"/sections/0/tables/0/columns", Json::array(), "expected at least one column"},
      {"/sections/0/tables/0/columns/1/type", "float",
       "expected \"text\" or \"number\" or \"mark\", found \"float\""},
      {"/sections/0/tables/0/columns/1/digits", -1, "expected an integer 0 .. 15, found -1"},
      {"/sections/0/tables/0/columns/1/digits", 16, "expected an integer 0 .. 15, found 16"},
      {"/sections/0/tables/0/columns/1/digits", 1.5, "expected an integer 0 .. 15, found 1.5"},
      {"/sections/0/tables/0/rows/0", {1, 2}, "expected a cell for each of the 5 columns, found 2"},
      {"/sections/0/tables/0/rows/0/0", 1, "expected a string, found 1"},
      {"/sections/0/tables/0/rows/0/1", "1", "expected a number, found \"1\""},
      {"/sections/0/tables/0/rows/0/1", true, "expected a number, found true"},
      {"/sections/0/tables/0/rows/0/4", 1, "expected true or false, found 1"},
      {"/sections/1/plots/0/kind", "pie",
       "expected \"line\" or \"bar\" or \"stacked_bar\" or \"scatter\", found \"pie\""},
      {"/sections/1/plots/0/x/type", "log", "expected \"category\" or \"number\", found \"log\""},
      {"/sections/1/plots/0/y/type", "category", "expected \"number\", found \"category\""},
      {"/sections/1/plots/0/series/0/role", "theirs",
       "expected \"ours\" or \"paper\" or \"front\", found \"theirs\""},
      {"/sections/1/plots/0/series/0/points/0/x", "1", "expected a number, found \"1\""},
      {"/sections/1/plots/1/series/0/points/0/x", 1, "expected a string, found 1"},
      {"/sections/1/plots/1/series/0/points/0/y", nullptr, "expected a number, found null"},
      {"/sections/1/plots/1/series/0/points/0/note", 3, "expected a string, found 3"}};
  for (const Case& one : cases) {
    const bool good = std::string(one.message) == "accepted";
    const std::string due =
        good ? one.message
             : std::string("run/evaluation.json: ") + one.pointer + ": " + one.message;
    EXPECT_EQ(refusal_of(one.pointer, one.value), due);
  }
}

TEST(ReportReader, RefusesWhatIsNoJson) {
  EXPECT_EQ(refusal(""), "run/evaluation.json:1: expected JSON as 'airnn evaluate' writes it");
  EXPECT_EQ(refusal("{\n\"schema\": \n]"),
            "run/evaluation.json:3: expected JSON as 'airnn evaluate' writes it");
  EXPECT_EQ(refusal("{\"title\": 1e999}"),
            "run/evaluation.json: expected JSON as 'airnn evaluate' writes it");
  EXPECT_THAT(refusal("{\"title\": \"\xff\"}"), StartsWith("run/evaluation.json:1: expected JSON"));
  EXPECT_EQ(refusal("[1]"), "run/evaluation.json: expected an object, found an array");
}

TEST(ReportReader, RefusesEveryTruncation) {
  const std::string whole = sample_evaluation().dump(1);
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    EXPECT_THAT(refusal(whole.substr(0, length)), testing::HasSubstr("expected JSON")) << length;
  }
}

}  // namespace
}  // namespace airnn::test
