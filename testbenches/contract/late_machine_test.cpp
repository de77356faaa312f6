// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "hw/sim/parameters/run_parameters.h"
#include "hw/sim/run_config.h"
#include "hw/top/stream_plan.h"
#include "sw/format/errors.h"
#include "sw/results/record_codec.h"
#include "testbenches/contract/added_links.h"
#include "testbenches/contract/late_link.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/source_path.h"
#include "testbenches/support/stalled_stream.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Refuses every train, so that each item goes by itself, and is never late.
class NoTrains final : public WiringStage {
 public:
  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.stream == nullptr) {
      return to;
    }
    gates_.push_back(std::make_unique<StalledStream>(
        sc_core::sc_gen_unique_name("no_trains"), binding.stream->clock(), StalledStreamParams{}));
    gates_.back()->to_target.bind(to);
    return gates_.back()->from_initiator;
  }

 private:
  std::vector<std::unique_ptr<StalledStream>> gates_;
};

/// A random network on a machine whose every stream is three cycles late, under its monitors.
class LateMachine : public testing::TestWithParam<unsigned> {
 protected:
  LateMachine() : random_(GetParam()), image_(draw()), params_(random_params(random_, image_)) {
    inputs_ = random_inputs(random_, image_.network());
  }

  RunRecord run(const std::string& link, const std::vector<WiringStage*>& stages = {}) {
    params_.link = link_named(link);
    const auto record = in_child([&] {
      const GoldenComparison compared = compare_with_golden(params_, image_, inputs_, {}, stages);
      if (!compared.difference.empty()) {
        throw std::runtime_error(compared.difference);
      }
      return encode_record(compared.record);
    });
    return decode_record(record);
  }

  /// Streams of maps, each of which carries one in every iteration of an input.
  std::uint64_t maps() const {
    std::uint64_t count = 0;
    for (const std::string& sender : stream_names(image_.network())) {
      count += sender.find(".out_maps_") != std::string::npos ? 1 : 0;
    }
    return count;
  }

  void expect_maps_counted(const RunRecord& record, std::uint64_t maps) const {
    for (const IterationRecord& iteration : record.iterations) {
      EXPECT_EQ(iteration.counts[kLateMap], maps * iteration.inputs_run);
    }
  }

  MemoryImage draw() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return image_of(random_.model(), options);
  }

  RandomModel random_;
  const MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
};

TEST_P(LateMachine, EqualsGoldenAndTakesTheSameCyclesWithTrainsAndWithout) {
  SCOPED_TRACE(describe(image_));
  const RunRecord direct = run("direct");
  const RunRecord late = run("late");
  NoTrains no_trains;
  const RunRecord stepped = run("late", {&no_trains});
  ASSERT_EQ(late.inputs.size(), direct.inputs.size());
  for (std::size_t n = 0; n < late.inputs.size(); ++n) {
    expect_same_outcome(late.inputs[n], direct.inputs[n]);
    EXPECT_GT(late.inputs[n].cycles, direct.inputs[n].cycles);
    EXPECT_EQ(late.inputs[n].cycles, stepped.inputs[n].cycles);
  }
  expect_maps_counted(direct, 0);
  expect_maps_counted(late, maps());
  expect_maps_counted(stepped, maps());
}

INSTANTIATE_TEST_SUITE_P(Seeds, LateMachine, seeds(7000, 20));

class NamedLink : public LateMachine {};

/// A run file names the link and its parameter; what the link counts needs a price.
TEST_P(NamedLink, MakesTheMachineLate) {
  const auto config = [&](std::vector<ConfigAssignment> sets, const RunTables& tables) {
    return read_run_config(source_path("configs/run/default.yaml"), sets, image_.network(), tables);
  };
  const auto refusal = [&](const std::vector<ConfigAssignment>& sets, const RunTables& tables) {
    try {
      config(sets, tables);
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  RunTables tables = built_in_tables();
  tables.links = extended_links();
  const std::string key = "accelerator.interconnect";
  const std::string price = "energy.actions.multiplexer.classes.late.";
  const ConfigAssignment pj{price + "pj=2", {}};
  const ConfigAssignment source{price + "source=test", {}};
  const ConfigAssignment late{key + "=late", {}};
  EXPECT_THAT(refusal({late}, built_in_tables()), HasSubstr(key + ": expected one of direct"));
  EXPECT_THAT(refusal({{key + "=lat", {}}}, tables), HasSubstr("did you mean 'late'?"));
  EXPECT_THAT(refusal({late, {"accelerator.late.cycles=0", {}}}, tables),
              HasSubstr("accelerator.late.cycles: expected an integer from 1 to 100"));
  EXPECT_THAT(refusal({late, {"accelerator.late.cycle=2", {}}, pj, source}, tables),
              HasSubstr("did you mean 'cycles'?"));
  EXPECT_THAT(refusal({{"accelerator.late.cycles=2", {}}}, tables), HasSubstr("late"))
      << "a section of another link";
  EXPECT_THAT(refusal({late}, tables), HasSubstr("multiplexer:late")) << "it has no price";

  const RunConfig run =
      config({late, {"accelerator.late.cycles=5", {}}, {"threshold=1000", {}}, pj, source}, tables);
  EXPECT_THAT(to_yaml(run.effective), HasSubstr("interconnect: late"));
  EXPECT_THAT(to_yaml(config({}, tables).effective), Not(HasSubstr("interconnect")));
  const GoldenComparison compared = compare_with_golden(run.accelerator, image_, inputs_);
  EXPECT_EQ(compared.difference, "");
  expect_maps_counted(compared.record, maps());
}

INSTANTIATE_TEST_SUITE_P(Seeds, NamedLink, testing::Values(7000U));

TEST(LinkKeys, AreListedByTheirRows) {
  RunTables tables = built_in_tables();
  tables.links = extended_links();
  std::map<std::string, ParameterText> keys;
  for (const ParameterSection& section : all_run_parameters(tables)) {
    for (const ParameterText& key : section.keys) {
      keys.emplace(section.prefix + key.key, key);
    }
  }
  EXPECT_THAT(std::get<ChoiceValues>(keys.at("accelerator.interconnect").values).names,
              testing::ElementsAre("direct", "mesh", "late"));
  EXPECT_EQ(keys.at("accelerator.interconnect").fallback, "direct");
  EXPECT_EQ(keys.at("accelerator.late.cycles").fallback, "3");
}

}  // namespace
}  // namespace airnn::test
