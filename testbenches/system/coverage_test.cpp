// SPDX-License-Identifier: Apache-2.0
//
// Functional coverage of random networks: what is fetched ahead in trains is covered as if it were
// stepped, and nothing moves for being covered.
#include <gtest/gtest.h>

#include "hw/sim/simulation.h"
#include "sw/results/coverage/coverage_file.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/stalled_stream.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// Every stream is as fast as without, but takes no train.
class WithoutTrains final : public WiringStage {
 public:
  explicit WithoutTrains(std::uint64_t period_ps) : period_ps_(period_ps) {}

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.items == ItemKind::memory_access) {
      return to;
    }
    if (!clock_.has_value()) {
      clock_.emplace(sc_core::sc_time(static_cast<double>(period_ps_), sc_core::SC_PS));
    }
    streams_.push_back(std::make_unique<StalledStream>(sc_core::sc_gen_unique_name("single"),
                                                       *clock_, StalledStreamParams{}));
    streams_.back()->to_target.bind(to);
    return streams_.back()->from_initiator;
  }

 private:
  const std::uint64_t period_ps_;
  std::optional<ClockDomain> clock_;
  std::vector<std::unique_ptr<StalledStream>> streams_;
};

class CoverageOfNetworks : public testing::TestWithParam<unsigned> {
 protected:
  CoverageOfNetworks()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    params_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::none : Prefetch::next;
    if (GetParam() % 3 == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return options;
  }

  std::string coverage(bool has_trains) const {
    const std::vector<std::uint8_t> text = in_child([&] {
      WithoutTrains single(params_.fabric_period_ps);
      SimulationOptions options;
      options.coverage = true;
      if (!has_trains) {
        options.stages = {&single};
      }
      Simulation simulation(params_, image_, in_turn(inputs_), options);
      static_cast<void>(simulation.run());
      Coverage all = simulation.coverage()->boot;
      all.merge(simulation.coverage()->inputs);
      const std::string json = coverage_json(all);
      return std::vector<std::uint8_t>(json.begin(), json.end());
    });
    return {text.begin(), text.end()};
  }

  std::vector<std::uint8_t> record(bool is_covered) const {
    return in_child([&] {
      SimulationOptions options;
      options.coverage = is_covered;
      Simulation simulation(params_, image_, in_turn(inputs_), options);
      return encode_record(simulation.run());
    });
  }

  RandomModel random_;
  MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
};

TEST_P(CoverageOfNetworks, IsThatOfItemsOneByOne) {
  const std::string trains = coverage(true);
  EXPECT_EQ(trains, coverage(false)) << describe(image_);
  EXPECT_EQ(parse_coverage(trains, "trains").broken(), std::vector<std::string>{});
}

TEST_P(CoverageOfNetworks, ChangesNoRecord) {
  EXPECT_TRUE(record(true) == record(false));
}

INSTANTIATE_TEST_SUITE_P(Seeds, CoverageOfNetworks, seeds(1, 12));

}  // namespace
}  // namespace airnn::test
