// SPDX-License-Identifier: Apache-2.0
#include "sw/results/stored_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sw/format/errors.h"
#include "sw/results/results_json.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

using OrderedJson = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<PricedAction> with_everything() {
  std::vector<PricedAction> more = channel_actions();
  more.push_back({Action::multiplication, "fine"});
  return usual_actions_and(more);
}

std::string refusal_of_results(const OrderedJson& document) {
  try {
    StoredRun::read(document, "out/results.json");
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST(StoredRun, IsWhatWasWritten) {
  for (const std::vector<PricedAction>& counted : {usual_actions(), with_everything()}) {
    const SampleRun run(counted);
    const RunResults results = run.results();
    const RunRecord& record = run.record();
    const StoredRun stored = StoredRun::parse(results_json(results).dump(), "results.json");
    EXPECT_EQ(stored.network, "sample");
    EXPECT_EQ(stored.scheme, "iterative");
    EXPECT_EQ(stored.config, results.config);
    EXPECT_EQ(stored.inputs, 3U);
    EXPECT_EQ(stored.accuracy, results.accuracy());
    EXPECT_DOUBLE_EQ(stored.mean_iterations, 4.0 / 3);
    EXPECT_EQ(stored.bytes_read, record.total_counts().dram_bytes());
    EXPECT_EQ(stored.has_channel(), counted != usual_actions());
    ASSERT_EQ(stored.counted, counted);
    ASSERT_EQ(stored.iterations.size(), 2U);
    for (const PricedAction& what : counted) {
      const bool is_there = row_of(what.action).group != ActionGroup::request;
      EXPECT_EQ(stored.counts[what], is_there ? record.total_counts()[what] : 0) << what.name();
      EXPECT_EQ(stored.iterations[1].counts[what], is_there ? record.iterations[1].counts[what] : 0)
          << what.name();
    }
    EXPECT_EQ(stored.energy.components, results.energy.components(record.total_counts(), counted));
    EXPECT_EQ(stored.energy.total, results.energy.total(record.total_counts(), counted));
    EXPECT_EQ(stored.iterations[0].inputs_stopped, 2U);
    EXPECT_EQ(stored.iterations[0].accuracy_of_stopped, 0.5);
    EXPECT_EQ(stored.iterations[0].cycles.total(), record.iterations[0].cycles.total());
    EXPECT_EQ(stored.inputs_wanted, std::nullopt);
    EXPECT_EQ(stored.input_saturation.elements, input_saturation(results).elements);
    EXPECT_EQ(stored.input_saturation.saturated, input_saturation(results).saturated);
    ASSERT_EQ(stored.layer_saturation.size(), record.layers.size());
    EXPECT_EQ(stored.layer_saturation[0].first, results.image.network().layers[0].name);
    EXPECT_EQ(
        stored.layer_saturation[0].second.saturated,
        layer_saturation(results, 0, 0).saturated + layer_saturation(results, 0, 1).saturated);
    ASSERT_EQ(stored.units.size(), 2U);
    EXPECT_EQ(stored.units[0].name, "flat_memory");
    EXPECT_EQ(stored.units[0].working, 12U);
    EXPECT_EQ(stored.unit_cycles, record.total_cycles());
  }
}

TEST(StoredRun, SaysWhichUnitsAreNotObserved) {
  const SampleRun run;
  RunRecord record = run.record();
  record.units[1] = {"conv", 0, 0, 0, false};
  for (IterationRecord& iteration : record.iterations) {
    iteration.units[1] = {"conv", 0, 0, 0, false};
  }
  const RunResults whole = run.results();
  const OrderedJson json = results_json({whole.image,
                                         whole.image_file,
                                         whole.config,
                                         whole.energy,
                                         whole.score_fraction_bits,
                                         record,
                                         0,
                                         {},
                                         {},
                                         0,
                                         {},
                                         {}});
  EXPECT_EQ(json.at("units").at("conv"), "not observed");
  EXPECT_EQ(json.at("iterations").at(1).at("units").at("conv"), "not observed");
  const StoredRun stored = StoredRun::read(json, "results.json");
  ASSERT_EQ(stored.units.size(), 2U);
  EXPECT_TRUE(stored.units[0].is_observed);
  EXPECT_EQ(stored.units[0].working, 12U);
  EXPECT_EQ(stored.units[1].name, "conv");
  EXPECT_FALSE(stored.units[1].is_observed);
  EXPECT_EQ(stored.unit_cycles, record.total_cycles());

  OrderedJson other = json;
  other["units"]["conv"] = "not seen";
  EXPECT_THAT(refusal_of_results(other), HasSubstr("/units/conv: "));
}

TEST(StoredRun, ThatEndedTooEarlySaysHowManyInputsWereWanted) {
  const SampleRun run;
  RunResults results = run.results();
  results.inputs_wanted = 12;
  EXPECT_EQ(StoredRun::read(results_json(results), "results.json").inputs_wanted, 12U);
}

TEST(StoredRun, HasWhatWiresCarriedIfStreamsShareAny) {
  const SampleRun run;
  EXPECT_EQ(StoredRun::read(results_json(run.results()), "results.json").link, std::nullopt);
  RunRecord record = run.record();
  record.boot_link = {
      {{"0", 0, 0, {"memory"}}, {"1", 1, 0, {"conv"}}},
      {{"link 0 to 1", 0, 1, false, false, {3, 6}}, {"injection at 1", 1, 1, true, false, {0, 0}}}};
  record.link = record.boot_link;
  record.link.wires[0].load = {7, 14};
  const RunResults whole = run.results();
  const OrderedJson json = results_json({whole.image,
                                         whole.image_file,
                                         whole.config,
                                         whole.energy,
                                         whole.score_fraction_bits,
                                         record,
                                         0,
                                         {},
                                         {},
                                         0,
                                         {},
                                         {}});
  const OrderedJson& wire = json.at("interconnect").at("links").at(0);
  EXPECT_EQ(wire.at("flits"), 10) << "boot included";
  EXPECT_DOUBLE_EQ(wire.at("utilisation").get<double>(),
                   20.0 / static_cast<double>(record.total_cycles()));
  EXPECT_EQ(json.at("interconnect").at("links").at(1).at("from"), nullptr);
  const StoredRun stored = StoredRun::read(json, "results.json");
  ASSERT_TRUE(stored.link);
  EXPECT_EQ(stored.link->cycles, record.total_cycles());
  EXPECT_EQ(stored.link->record.nodes[1].units, std::vector<std::string>{"conv"});
  EXPECT_EQ(stored.link->record.wires[0].to, 1U);
  EXPECT_EQ(stored.link->record.wires[0].load.busy, 20U);
  EXPECT_TRUE(stored.link->record.wires[1].from_units);
  OrderedJson other = json;
  other["interconnect"]["links"][0]["to"] = "7";
  EXPECT_THAT(refusal_of_results(other),
              HasSubstr("/interconnect/links/0/to: expected one of the nodes"));
  other = json;
  other["interconnect"]["links"][0]["busy"] = record.total_cycles() + 1;
  EXPECT_THAT(refusal_of_results(other), HasSubstr("/busy: expected at most all cycles"));
}

TEST(StoredRun, HasNoMoreSaturatedElementsThanElements) {
  const SampleRun run;
  OrderedJson results = results_json(run.results());
  results.at("layers").at(1).at("saturated") =
      results.at("layers").at(1).at("elements").get<std::uint64_t>() + 1;
  EXPECT_THAT(refusal_of_results(results), HasSubstr("/layers/1/saturated: expected at most"));
}

TEST(StoredRun, HasProductsOfAssociativeMemories) {
  const SampleRun run;
  OrderedJson results = results_json(run.results());
  EXPECT_EQ(StoredRun::read(results, "results.json").products, std::nullopt);
  OrderedJson& memory = results.at("summary")["associative_memory"];
  memory = {{"zero_products", 5},
            {"cam_searches", 4},
            {"cam_hits", 3},
            {"relative_product_energy", 0.25},
            {"relative_product_energy_gated", 0.5}};
  const auto products = StoredRun::read(results, "results.json").products;
  ASSERT_TRUE(products);
  EXPECT_EQ(products->ends.zeros, 5U);
  EXPECT_EQ(products->ends.searches, 4U);
  EXPECT_EQ(products->ends.hits, 3U);
  EXPECT_EQ(products->relative_energy, 0.25);
  EXPECT_EQ(products->relative_energy_gated, 0.5);
  memory["cam_hits"] = 5;
  EXPECT_THAT(refusal_of_results(results),
              HasSubstr("/summary/associative_memory/cam_hits: expected at most"));
  memory["cam_hits"] = 4;
  memory.erase("relative_product_energy_gated");
  EXPECT_THAT(refusal_of_results(results), HasSubstr("relative_product_energy_gated"));
}

TEST(StoredRun, WithoutLabelsHasNoAccuracy) {
  const SampleRun run;
  RunResults results = run.results();
  results.labels.clear();
  const StoredRun stored = StoredRun::read(results_json(results), "results.json");
  EXPECT_EQ(stored.accuracy, std::nullopt);
  EXPECT_EQ(stored.iterations[0].accuracy_if_all_stop_here, std::nullopt);
}

TEST(StoredRun, ThatIsNoneIsRefusedByNameAndPlace) {
  EXPECT_THAT(refusal_of_results({{"summary", 3}}),
              StartsWith("out/results.json: not the results of a run: expected a key \"schema\""));
  EXPECT_THAT(refusal_of_results(OrderedJson::array()),
              HasSubstr("expected an object, found an array"));
  for (const char* text : {"", "{", "{\"schema\": 1e999}", "schema"}) {
    EXPECT_THROW(StoredRun::parse(text, "results.json"), UserError) << text;
  }
}

/// Every value that the reader looks at: removed, or of another type.
TEST(StoredRun, ThatIsDamagedIsRefusedByPlace) {
  const OrderedJson good = results_json(SampleRun(with_everything()).results());
  ASSERT_EQ(refusal_of_results(good), "");
  for (const char* place : {"/schema",
                            "/version",
                            "/config",
                            "/image",
                            "/image/network",
                            "/image/scheme",
                            "/image/checksum",
                            "/summary",
                            "/summary/inputs",
                            "/summary/accuracy",
                            "/summary/mean_iterations",
                            "/summary/fabric_cycles/mean_per_input",
                            "/summary/dram/bytes_read",
                            "/summary/counts/addition",
                            "/summary/dram/commands/ACT",
                            "/summary/energy_pj/total",
                            "/summary/energy_pj/dram_value_word",
                            "/iterations",
                            "/iterations/1/inputs_run",
                            "/iterations/0/cycles/fetch",
                            "/iterations/1/counts/multiplication:fine",
                            "/iterations/1/dram/states/self_refresh",
                            "/iterations/0/energy_pj/dram_index_word",
                            "/units",
                            "/units/conv/working",
                            "/units/conv/total"}) {
    const OrderedJson::json_pointer pointer(place);
    OrderedJson without = good;
    without[pointer.parent_pointer()].erase(pointer.back());
    EXPECT_THAT(refusal_of_results(without), HasSubstr(std::string("\"") + pointer.back() + "\""))
        << place;
    for (const OrderedJson& other : {OrderedJson("x"), OrderedJson(-1.5),
                                     OrderedJson(OrderedJson::array({1})), OrderedJson(true)}) {
      OrderedJson altered = good;
      if (altered[pointer].type() == other.type() ||
          (altered[pointer].is_number() && other.is_number_float() &&
           !altered[pointer].is_number_integer())) {
        continue;
      }
      altered[pointer] = other;
      EXPECT_THAT(refusal_of_results(altered), HasSubstr(place)) << other;
    }
  }
}

TEST(StoredRun, RefusesCountsThatNobodyKnows) {
  OrderedJson document = results_json(SampleRun().results());
  document["summary"]["counts"]["multiplication:a b"] = 1;
  EXPECT_THAT(refusal_of_results(document),
              HasSubstr("/summary/counts/multiplication:a b: expected the name"));
  document = results_json(SampleRun().results());
  document["summary"]["counts"]["addition"] = -1;
  EXPECT_THAT(refusal_of_results(document),
              HasSubstr("/summary/counts/addition: expected a count, found -1"));
  document = results_json(SampleRun().results());
  document["schema"] = kResultsSchema - 1;
  EXPECT_THAT(refusal_of_results(document),
              HasSubstr("/schema: expected 2, found 1: another version of the program wrote it"));
  document["schema"] = kResultsSchema + 1;
  EXPECT_THAT(refusal_of_results(document), HasSubstr("/schema: "));
  document = results_json(SampleRun().results());
  document["units"]["conv"]["total"] = 1;
  EXPECT_THAT(refusal_of_results(document), HasSubstr("/units/conv: "));
}

}  // namespace
}  // namespace airnn::test
