// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/source_path.h"
#include "testbenches/support/trace_events.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

/// `airnn simulate --timeline`.
class CliTimeline : public CliTest {
 protected:
  void prepare(int count) {
    good({"compile", model("lenet300-100.onnx"), "-o", "net.airnn", "--clusters", "10", "-q"});
    good({"digits", "--count", std::to_string(count), "--seed", "3", "-o", "digits"});
  }
  Words simulate(const std::string& run, const Words& more) const {
    Words words{"simulate", "net.airnn",         "--run", source_path("configs/run/") + run,
                "--images", "digits-images.idx", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Json results(const std::string& folder) const {
    Json json = json_of(folder + "/results.json");
    json.at("summary").erase("host");
    return json;
  }
};

TEST_F(CliTimeline, ChangesNoResult) {
  prepare(3);
  for (const char* run : {"default.yaml", "ddr3.yaml"}) {
    good(simulate(run, {"--out", "without"}));
    good(simulate(run, {"--out", "with", "--timeline", "timeline.json"}));
    EXPECT_EQ(results("without"), results("with"));
    EXPECT_EQ(bytes_of("without/inputs.csv"), bytes_of("with/inputs.csv"));
    const TraceEvents trace(bytes_of("timeline.json"));
    EXPECT_EQ(trace.overlap(), "");
    std::uint64_t runs = 0;
    const Json& result = results("with");
    for (const Json& layer : result.at("layers")) {
      runs += layer.at("runs").get<std::uint64_t>();
    }
    std::uint64_t slices = 0;
    for (const auto& [track, all] : trace.slices()) {
      slices += track.rfind("compute/", 0) == 0 ? all.size() : 0;
    }
    EXPECT_EQ(slices, runs);
  }
}

TEST_F(CliTimeline, BearsTheNumbersOfTheDataSet) {
  prepare(5);
  good(simulate("default.yaml", {"--first", "3", "--count", "2", "--timeline", "timeline.json"}));
  const TraceEvents trace(bytes_of("timeline.json"));
  std::set<int> inputs;
  for (const TraceEvents::Slice& slice : trace.slices().at("score/score_calculation")) {
    inputs.insert(slice.args.at("input").get<int>());
  }
  EXPECT_EQ(inputs, (std::set<int>{3, 4}));
}

TEST_F(CliTimeline, IsCompleteAfterCtrlC) {
  prepare(3000);
  const ProgramRun run = interrupted(
      simulate("default.yaml", {"--out", "out", "--timeline", "timeline.json"}), "timeline.json");
  ASSERT_EQ(run.exit_code, 4) << run.err;
  const TraceEvents trace(bytes_of("timeline.json"));
  EXPECT_EQ(trace.overlap(), "");
  std::uint64_t inputs = 0;
  for (const TraceEvents::Slice& slice : trace.slices().at("control/read_weight_controller")) {
    inputs += slice.name.rfind("input ", 0) == 0 ? 1 : 0;
  }
  EXPECT_EQ(inputs, results("out").at("summary").at("inputs").get<std::uint64_t>());
}

TEST_F(CliTimeline, RefusesWhatCannotBe) {
  prepare(2);
  expect_refused(simulate("default.yaml", {"--timeline", "t.json", "--jobs", "2"}),
                 "--timeline: the events of several jobs have no common time");
  expect_refused(simulate("default.yaml", {"--timeline", "no/t.json"}), "--timeline: ");
  expect_refused(simulate("ddr3.yaml", {"--timeline", "same", "--command-trace", "./same"}),
                 "same file");
}

}  // namespace
}  // namespace airnn::test
