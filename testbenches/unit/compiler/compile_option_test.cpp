// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/compile_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sw/compiler/option_rows.h"
#include "sw/format/errors.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Settings = std::vector<CompileSetting>;

std::string refusal(const Settings& settings, const CompileOptionTable& table = compile_options()) {
  try {
    compile_request(settings, table);
  } catch (const UserError& error) {
    return error.what();
  }
  return "<accepted>";
}

/// A value of each option that is not its default, and where it applies.
std::map<std::string, Settings> changes() {
  const CompileSetting interleaved{"scheme", "interleaved"};
  const CompileSetting bytes{"precision", "8"};
  return {{"scheme", {{"scheme", "base"}}},
          {"sparse", {{"sparse", "true"}, {"scheme", "base"}}},
          {"clusters", {{"clusters", "9,conv=3"}}},
          {"batch-order", {{"batch-order", "signed"}}},
          {"init", {{"init", "linear"}}},
          {"seed", {{"seed", "5"}, {"init", "random"}}},
          {"always-loaded", {{"always-loaded", "first,last"}}},
          {"clustered", {{"clustered", "last"}}},
          {"precision", {{"precision", "8"}}},
          {"unsigned", {{"unsigned", "true"}, bytes}},
          {"tune-weights", {{"tune-weights", "conv,all"}, bytes}},
          {"bins", {{"bins", "12"}}},
          {"rows", {{"rows", "4"}, {"bins", "12"}}},
          {"match", {{"match", "fixed:3"}, {"bins", "12"}}},
          {"weights", {{"weights", "line"}}},
          {"delta", {{"delta", "3.5"}, {"weights", "line"}}},
          {"line-rule", {{"line-rule", "monotonic"}, {"weights", "line"}}},
          {"line-range", {{"line-range", "kernel"}, {"weights", "line"}}},
          {"line-layers", {{"line-layers", "largest"}, {"weights", "line"}}},
          {"index-width", {{"index-width", "16"}}},
          {"calibrate-first", {{"calibrate-first", "7"}, {"calibrate", "a.idx"}}},
          {"calibrate-count", {{"calibrate-count", "9"}, {"calibrate", "a.idx"}}},
          {"policy", {{"policy", "position"}, interleaved}},
          {"blocks", {{"blocks", "8"}, interleaved}},
          {"grouping", {{"grouping", "best"}, interleaved}},
          {"interleaved-iterations", {{"interleaved-iterations", "2"}, interleaved}},
          {"scale", {{"scale", "0.25"}}},
          {"mean", {{"mean", "0.5,0.25"}}},
          {"std", {{"std", "2"}}}};
}

TEST(CompileOptionTable, SetsEveryField) {
  const CompileRequest request = compile_request({{"interleaved-iterations", "4"},
                                                  {"grouping", "best"},
                                                  {"blocks", "16"},
                                                  {"policy", "block_fixed"},
                                                  {"scheme", "interleaved"},
                                                  {"clusters", "7"},
                                                  {"batch-order", "magnitude"},
                                                  {"init", "random"},
                                                  {"seed", "12"},
                                                  {"always-loaded", "first,conv"},
                                                  {"precision", "16"},
                                                  {"index-width", "32"},
                                                  {"calibrate", "c.idx"},
                                                  {"calibrate-first", "30"},
                                                  {"calibrate-count", "10"},
                                                  {"preprocess", "p.yaml"},
                                                  {"scale", "0.5"},
                                                  {"mean", "0.1,0.2"},
                                                  {"std", "3"}});
  const CompileOptions& options = request.options;
  EXPECT_EQ(options.scheme, Scheme::interleaved);
  EXPECT_EQ(options.interleave.iterations, 4);
  EXPECT_EQ(options.interleave.grouping, GroupingMethod::best);
  EXPECT_EQ(options.interleave.blocks, 16);
  EXPECT_EQ(options.interleave.policy, InterleavePolicy::block_fixed);
  EXPECT_EQ(options.clusters.network.clusters, 7);
  EXPECT_EQ(options.order, BatchOrder::magnitude);
  EXPECT_EQ(options.init, InitMethod::random);
  EXPECT_EQ(options.seed, 12U);
  EXPECT_THAT(options.always_loaded, ElementsAre("first", "conv"));
  EXPECT_EQ(options.precision, 16);
  EXPECT_EQ(options.index_width, 32);
  EXPECT_EQ(request.calibration_file, "c.idx");
  EXPECT_EQ(request.calibration_first, 30);
  EXPECT_EQ(request.calibration_count, 10);
  EXPECT_EQ(request.preprocess_file, "p.yaml");
  EXPECT_THAT(request.scale, ElementsAre(0.5));
  EXPECT_THAT(request.mean, ElementsAre(0.1, 0.2));
  EXPECT_THAT(request.deviation, ElementsAre(3));
}

TEST(CompileOptionTable, TakesItsOwnDefaultsAndMeansTheSameByThem) {
  const std::string all = request_text(compile_request({}), OptionRole::clustering);
  for (const CompileOption& option : compile_options()) {
    // Some are refused where they have no meaning.
    if (!option.fallback().empty() && option.role == OptionRole::clustering && !option.refusal) {
      EXPECT_EQ(
          request_text(compile_request({{option.name, option.fallback()}}), OptionRole::clustering),
          all)
          << option.name;
    }
  }
  EXPECT_EQ(all,
            "clusters elbow, batch-order maxmin, init optimal, always-loaded none, precision 32, "
            "index-width auto, scale , mean , std ");
  EXPECT_EQ(request_text(compile_request({}), OptionRole::scheme), "scheme iterative");
}

// A point of an evaluation is taken for another if its options are not in its name.
TEST(CompileOptionTable, NamesWhateverDecidesOnAnImage) {
  const auto changed = changes();
  for (const CompileOption& option : compile_options()) {
    if (option.role == OptionRole::file) {
      continue;
    }
    ASSERT_EQ(changed.count(option.name), 1U) << option.name;
    Settings with = changed.at(option.name);
    const std::string after = request_text(compile_request(with), option.role);
    with.erase(with.begin());
    EXPECT_NE(after, request_text(compile_request(with), option.role)) << option.name;
    EXPECT_THAT(after, HasSubstr(option.name + " " + changed.at(option.name).front().value));
  }
}

TEST(CompileOptionTable, LeavesOutOfANameWhatHasNoMeaning) {
  EXPECT_EQ(request_text(compile_request({{"seed", "7"}}), OptionRole::clustering),
            request_text(compile_request({}), OptionRole::clustering));
  EXPECT_EQ(request_text(compile_request({{"calibrate-count", "7"}, {"calibrate-first", "7"}}),
                         OptionRole::clustering),
            request_text(compile_request({}), OptionRole::clustering));
}

TEST(CompileOptionTable, RefusesWithOneMessage) {
  EXPECT_EQ(refusal({{"scheme", "iterativ"}}),
            "--scheme: 'iterativ'; expected base, iterative, interleaved; did you mean "
            "'iterative'?");
  EXPECT_EQ(refusal({{"seed", "-1"}}), "--seed: '-1'; expected an integer of at least 0");
  EXPECT_EQ(refusal({{"scale", "1,2"}}), "--scale: 2 numbers; expected 1");
  EXPECT_EQ(refusal({{"mean", "1,x"}}), "--mean: 'x'; expected a number from -1e+09 to 1e+09");
  EXPECT_EQ(refusal({{"always-loaded", "a,,b"}}),
            "--always-loaded: 'a,,b'; expected names separated by commas");
  EXPECT_EQ(refusal({{"calibrate-count", "0"}}),
            "--calibrate-count: '0'; expected an integer from 1 to 1000000");
  EXPECT_EQ(refusal({{"calibrate-first", "-1"}}),
            "--calibrate-first: '-1'; expected an integer from 0 to 2147483647");
  EXPECT_EQ(refusal({{"policy", "block"}}),
            "--policy: belongs to --scheme interleaved; the scheme is iterative");
  EXPECT_EQ(refusal({{"sparse", "true"}}),
            "--sparse: belongs to --scheme base; clusters have no zeros, and the scheme is "
            "iterative");
  EXPECT_EQ(refusal({{"scheme", "base"}, {"blocks", "8"}}),
            "--blocks: belongs to --scheme interleaved; the scheme is base");
  EXPECT_EQ(refusal({{"scheme", "interleaved"}, {"policy", "position"}, {"blocks", "8"}}),
            "--blocks: policy position has no blocks");
  EXPECT_EQ(refusal({{"tune-weights", "all"}}),
            "--tune-weights: belongs to --precision 8; the precision is 32");
  EXPECT_EQ(refusal({{"precision", "8"}, {"tune-weights", "a,,b"}}),
            "--tune-weights: 'a,,b'; expected names separated by commas");
  EXPECT_EQ(refusal({{"bins", "257"}}), "--bins: '257'; expected an integer from 0 to 256");
  EXPECT_EQ(refusal({{"rows", "16"}}), "--rows: belongs to --bins; the weights are in none");
  EXPECT_THAT(refusal({{"bins", "8"}, {"rows", "12"}}),
              HasSubstr("--rows: '12'; expected 0, 1, 2, 4"));
  EXPECT_EQ(refusal({{"bins", "8"}, {"rows", "0"}, {"match", "fixed:4"}}),
            "--match: belongs to --rows; there are none");
  for (const char* wrong :
       {"significant", "significant:", "significant:32", "fixed:-1", "float:2"}) {
    EXPECT_EQ(refusal({{"bins", "8"}, {"match", wrong}}),
              "--match: '" + std::string(wrong) +
                  "'; expected significant:T or fixed:N with 0 to 31 bits, such as significant:1");
  }
  EXPECT_THAT(refusal({{"weights", "line"}, {"delta", "101"}}),
              HasSubstr("--delta: '101'; expected"));
  EXPECT_THAT(refusal({{"weights", "line"}, {"delta", "wide"}}), HasSubstr("--delta: "));
  EXPECT_THAT(refusal({{"weights", "line"}, {"delta", "1,2"}}),
              HasSubstr("--delta: 2 numbers; expected 1"));
  EXPECT_EQ(refusal({{"delta", "3"}}), "--delta: belongs to --weights line; the weights are plain");
  EXPECT_EQ(refusal({{"weights", "plain"}, {"line-rule", "bound"}}),
            "--line-rule: belongs to --weights line; the weights are plain");
  EXPECT_THAT(refusal({{"weights", "line"}, {"line-rule", "bounds"}}), HasSubstr("bound"));
  EXPECT_EQ(refusal({{"cluster", "8"}}),
            "'airnn compile' has no option --cluster; did you mean '--clusters'?");
  EXPECT_EQ(unknown_option("clusters"), "");
}

TEST(CompileOptionTable, HasEveryNameOnce) {
  std::set<std::string> names;
  for (const CompileOption& option : compile_options()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_FALSE(option.sentence.empty()) << option.name;
    EXPECT_EQ(option.placeholder.empty(), option.is_switch()) << option.name;
  }
}

/// A switch that no table has yet: one cluster for every layer.
CompileOptionTable with_switch() {
  static bool one;
  one = false;
  CompileOptionTable table = compile_options();
  table.push_back(option_rows::flag({"one", "Clusters", "A single cluster per layer"},
                                    [](CompileRequest&) -> bool& { return one; }));
  return table;
}

TEST(CompileOptionTable, MayBeALargerOne) {
  const CompileOptionTable table = with_switch();
  const CompileOption& option = table.back();
  EXPECT_TRUE(option.is_switch());
  EXPECT_EQ(option.fallback(), "false");
  EXPECT_THAT(request_text(compile_request({{"one", "true"}}, table), option.role, table),
              HasSubstr("one true"));
  EXPECT_THAT(request_text(compile_request({{"one", "false"}}, table), option.role, table),
              HasSubstr("one false"));
  EXPECT_EQ(typed_option({"one", "true"}, table), " --one");
  EXPECT_EQ(typed_option({"one", "false"}, table), "");
  EXPECT_EQ(typed_option({"clusters", "8"}, table), " --clusters 8");
  EXPECT_EQ(refusal({{"one", "yes"}}, table), "--one: 'yes'; expected false, true");
  EXPECT_THAT(refusal({{"one", "true"}}), HasSubstr("has no option --one"));
}

}  // namespace
}  // namespace airnn::test
