// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/report/sample_evaluation.h"

#include <vector>

#include "sw/report/report_reader.h"

namespace airnn::test {

namespace {

using Json = nlohmann::json;

Json column(const std::string& label, const std::string& type, const Json& digits = nullptr,
            const std::string& unit = "") {
  return {{"label", label}, {"type", type}, {"digits", digits}, {"unit", unit}};
}

Json point(const Json& x, double y, const std::string& note = "") {
  return {{"x", x}, {"y", y}, {"note", note}};
}

Json series(const std::string& label, const std::string& role, const std::vector<Json>& points) {
  return {{"label", label}, {"role", role}, {"points", points}};
}

Json plot(const std::string& kind, const std::string& axis, const std::vector<Json>& all_series) {
  return {{"title", kind + " over " + axis},
          {"kind", kind},
          {"x", {{"label", axis}, {"type", axis}}},
          {"y", {{"label", "accuracy"}, {"type", "number"}}},
          {"series", all_series}};
}

Json mixed_table() {
  return {
      {"title", "All types"},
      {"headline", "The best of six is `layer9`."},
      {"note", std::string("Of the note. ") + kHostile},
      {"columns",
       {column("network", "text"), column("accuracy", "number", 4), column("cycles", "number", 0),
        column("energy", "number", nullptr, "pJ"), column("kept", "mark")}},
      {"rows",
       {{"LeNet-5", 0.9, 1234567, 9.5e-9, true},
        {"LeNet-300-100", nullptr, 98765, 1234567.0, false},
        {kHostile, 0.1234567, nullptr, -20.5, nullptr},
        {"layer10", 0.25, 5, nullptr, true},
        {"layer9", -3, 1000, 0, false},
        {nullptr, 10, 999, 1e20, true}}}};
}

/// No line break can make it fit into a narrow window.
Json wide_table() {
  Json columns = Json::array();
  Json row = Json::array();
  for (int i = 0; i < 14; ++i) {
    columns.push_back(column("iteration_" + std::to_string(i), "number", 3));
    row.push_back(1000.5 * i);
  }
  return {{"title", "Wide"}, {"note", ""}, {"columns", columns}, {"rows", Json::array({row})}};
}

Json plots() {
  return {plot("line", "number",
               {series("ours", "ours", {point(1, 0.5, "first"), point(2.5, 0.75), point(4, 0.875)}),
                series("ours", "paper", {point(1, 0.25), point(4, 0.625, kHostile)})}),
          plot("line", "category",
               {series(kHostile, "ours", {point("base", 0.5), point(kHostile, 0.25)}),
                series("published", "paper", {point("later", 0.125), point("base", 0.625)})}),
          plot("bar", "category",
               {series("bytes", "ours", {point("a", 3, "of a"), point("b", 5), point("c", 2)}),
                series("bytes", "paper", {point("a", 4), point("c", 1.5)})}),
          plot("bar", "number", {series("slots", "ours", {point(1024, 3), point(2.5, 8)})}),
          plot("stacked_bar", "category",
               {series("fetch", "ours", {point("a", 3), point("b", 5)}),
                series("compute", "ours", {point("a", 1), point("b", 2.5)}),
                series("fetch", "paper", {point("a", 2), point("b", 6)})}),
          plot("scatter", "number",
               {series("trials", "ours", {point(10, 0.2, "K = 2"), point(20, 0.9), point(30, 0.4)}),
                series("Pareto front", "front", {point(10, 0.2), point(20, 0.9)}),
                series("published", "paper", {point(25, 0.7)})}),
          plot("scatter", "category", {series("trials", "ours", {point("x", 1), point("y", 2)})})};
}

}  // namespace

Json sample_evaluation() {
  return {{"schema", "airnn-evaluation-1"},
          {"version", "0.1.0"},
          {"title", std::string("Sample ") + kHostile},
          {"text", std::string("First paragraph.\n\nSecond: ") + kHostile},
          {"sections",
           {{{"id", "table2"},
             {"title", "Fractions of weights and accuracy"},
             {"source", "Table II"},
             {"text", "What the table shows."},
             {"tables", {mixed_table(), wide_table()}},
             {"plots", Json::array()}},
            {{"id", "plots"},
             {"title", std::string("Every kind ") + kHostile},
             {"source", ""},
             {"text", ""},
             {"tables", Json::array()},
             {"plots", plots()}}}}};
}

ReportPart sample_part() {
  return ReportReader::read("sample", sample_evaluation().dump());
}

}  // namespace airnn::test
