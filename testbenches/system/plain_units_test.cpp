// SPDX-License-Identifier: Apache-2.0
//
// Units without probes in the place of the project's own: counted, checked and drawn as those are.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/sim/simulation.h"
#include "hw/top/binding_probes.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/plain_units.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/vcd_file.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  const std::string all = text.str();
  return Bytes(all.begin(), all.end());
}

class PlainUnits : public testing::TestWithParam<unsigned> {
 protected:
  PlainUnits()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    params_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::none : Prefetch::next;
    if (GetParam() % 3 == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
    params_.factory.addresses.push_back(
        {"plain", [this](const char* unit, const BufferAddressCalculationParams& params,
                         const ClockDomain& clock) {
           return std::make_unique<PlainAddresses>(unit, params, clock, alter_word_);
         }});
    params_.factory.score.push_back(
        {"plain",
         [this](const char* unit, const ScoreCalculationParams& params, const ClockDomain& clock) {
           return std::make_unique<PlainScore>(unit, params, clock, alter_decision_);
         }});
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return options;
  }

  AcceleratorParams plain() const {
    AcceleratorParams params = params_;
    params.units.addresses = "plain";
    params.units.score = "plain";
    return params;
  }

  RunRecord run(const AcceleratorParams& params, const SimulationOptions& options) const {
    std::size_t next = 0;
    Simulation simulation(
        params, image_,
        [&](std::vector<std::int32_t>& map) {
          if (next < inputs_.size()) {
            map = inputs_[next];
          }
          return next++ < inputs_.size();
        },
        options);
    return simulation.run();
  }
  RunRecord run_in_child(const AcceleratorParams& params,
                         const SimulationOptions& options = {}) const {
    return decode_record(in_child([&] { return encode_record(run(params, options)); }));
  }
  std::string failure(const AcceleratorParams& params) const {
    try {
      run(params, {});
    } catch (const SimulationError& error) {
      return error.what();
    }
    return "";
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  ScratchFolder folder_;
  PlainAddresses::Alter alter_word_;
  PlainScore::Alter alter_decision_;
};

void forget_cycles(std::vector<UnitRecord>& units) {
  for (UnitRecord& unit : units) {
    if (unit.name == "buffer_address_calculation" || unit.name == "score_calculation") {
      unit = {unit.name, 0, 0, 0, false};
    }
  }
}

/// Monitors on and off: then nobody but the record listens.
TEST_P(PlainUnits, GiveTheSameRecordButForTheirCyclesWhichAreNotObserved) {
  RunRecord due = run_in_child(params_);
  forget_cycles(due.units);
  forget_cycles(due.boot_units);
  for (IterationRecord& iteration : due.iterations) {
    forget_cycles(iteration.units);
  }
  for (const bool monitors : {true, false}) {
    SimulationOptions options;
    options.monitors = monitors;
    EXPECT_TRUE(encode_record(run_in_child(plain(), options)) == encode_record(due));
  }
}

/// When an item is handed over ahead of its arrival is up to the unit, and shows in nothing else.
bool depends_on_handing_over(const std::string& path) {
  return path.find("decision.free_slots") != std::string::npos ||
         path.find("placed.free_slots") != std::string::npos;
}

TEST_P(PlainUnits, GiveTheSameWaveformAndTimeline) {
  const auto files = [this](const AcceleratorParams& params, const std::string& name) {
    SimulationOptions options;
    options.wave.file = folder_.path() + "/" + name + ".vcd";
    options.timeline = folder_.path() + "/" + name + ".json";
    run_in_child(params, options);
    return std::make_pair(read_vcd(options.wave.file), bytes_of(options.timeline));
  };
  const auto due = files(params_, "own");
  const auto got = files(plain(), "plain");
  EXPECT_EQ(got.first.signals.size(), due.first.signals.size());
  for (const auto& [path, signal] : due.first.signals) {
    if (!depends_on_handing_over(path)) {
      EXPECT_TRUE(got.first[path].changes == signal.changes) << path;
    }
  }
  EXPECT_GT(due.second.size(), 1000U);
  EXPECT_TRUE(got.second == due.second) << "timeline";
}

TEST_P(PlainUnits, AreCaughtByTheMonitors) {
  alter_word_ = [](std::uint64_t number, PlacedWord& word) { word.slot += number == 3 ? 1 : 0; };
  EXPECT_THAT(failure(plain()), HasSubstr("P3"));
}

TEST_P(PlainUnits, AreCaughtByTheMonitorsInTheirDecisions) {
  alter_decision_ = [](Decision& decision) { ++decision.score; };
  EXPECT_THAT(failure(plain()), HasSubstr("P6"));
}

INSTANTIATE_TEST_SUITE_P(Seeds, PlainUnits, seeds(8100000, 12));

}  // namespace
}  // namespace airnn::test
