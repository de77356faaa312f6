// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>

#include "hw/link/interposer.h"
#include "hw/sim/mesh_config.h"
#include "hw/sim/simulation.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/system/child_process.h"
#include "testbenches/system/crossing_log.h"
#include "testbenches/system/random_mesh.h"
#include "testbenches/system/random_run.h"

namespace airnn::test {
namespace {

/// A random network on a machine whose streams cross a random mesh, under the monitors of both.
class RandomNetworksOnAMesh : public testing::TestWithParam<unsigned> {
 protected:
  RandomNetworksOnAMesh()
      : random_(GetParam()),
        image_(image_of(random_.model(), options())),
        params_(random_params(random_, image_)),
        inputs_(random_inputs(random_, image_.network())) {
    params_.handoff = Handoff::map;
    params_.controller.prefetch =
        random_.one_of<Prefetch>({Prefetch::none, Prefetch::none, Prefetch::next});
    if (random_.pick(0, 2) == 0) {
      params_.memory = ddr3_memory(random_ddr3(GetParam()));
    }
    mesh_ = random_mesh(random_, image_.network());
  }

  CompileOptions options() {
    CompileOptions options = random_.options();
    options.scheme = random_.one_of<Scheme>({Scheme::base, Scheme::iterative, Scheme::interleaved});
    return options;
  }

  /// `log`: of what crosses the mesh is compared with the twin.
  RunRecord run(const LinkModel& link, const std::vector<std::size_t>& build_order = {},
                const std::shared_ptr<CrossingLog>& log = nullptr) {
    params_.link = link;
    return decode_record(in_child([&] {
      const GoldenComparison compared = compare_with_golden(params_, image_, inputs_, build_order);
      std::string difference = compared.difference;
      if (difference.empty() && log != nullptr) {
        difference = difference_from_twin(*log, mesh_);
      }
      if (!difference.empty()) {
        throw std::runtime_error(difference);
      }
      return encode_record(compared.record);
    }));
  }

  /// All that does not depend on time.
  static void expect_same_work(const Counts& mesh, const Counts& direct) {
    EXPECT_EQ(mesh.dram_reads, direct.dram_reads);
    EXPECT_EQ(mesh.words_placed, direct.words_placed);
    for (const PricedAction& what : usual_actions()) {
      EXPECT_EQ(mesh[what], direct[what]) << what.name();
    }
  }

  RandomModel random_;
  const MemoryImage image_;
  AcceleratorParams params_;
  Maps inputs_;
  MeshLinkParams mesh_;
};

TEST_P(RandomNetworksOnAMesh, DoTheWorkOfTheDirectMachineWhateverTheOrderOfConstruction) {
  SCOPED_TRACE(describe(image_) + "\n" + text_of(mesh_));
  const RunRecord direct = run({});
  const LinkModel link = mesh_link(mesh_);
  const RunRecord mesh = run(link);
  expect_same_work(mesh.boot_counts, direct.boot_counts);
  ASSERT_EQ(mesh.inputs.size(), direct.inputs.size());
  for (std::size_t n = 0; n < mesh.inputs.size(); ++n) {
    expect_same_outcome(mesh.inputs[n], direct.inputs[n]);
    EXPECT_GE(mesh.inputs[n].cycles, direct.inputs[n].cycles);
    // How much of a needless batch is read depends on time.
    if (params_.controller.prefetch == Prefetch::none) {
      expect_same_work(mesh.inputs[n].counts, direct.inputs[n].counts);
    }
  }
  ASSERT_EQ(mesh.iterations.size(), direct.iterations.size());
  for (std::size_t i = 0; i < mesh.iterations.size(); ++i) {
    EXPECT_EQ(mesh.iterations[i].inputs_run, direct.iterations[i].inputs_run);
    EXPECT_EQ(mesh.iterations[i].cycles.score, direct.iterations[i].cycles.score);
  }
  std::vector<std::size_t> backwards(6 + image_.network().layers.size());
  std::iota(backwards.rbegin(), backwards.rend(), std::size_t{0});
  EXPECT_EQ(encode_record(run(link, backwards)), encode_record(mesh));
}

/// Inputs meet the mesh as those before did, and most of what crosses it is remembered.
TEST_P(RandomNetworksOnAMesh, TakeTheSameCyclesWithAndWithoutReplay) {
  SCOPED_TRACE(describe(image_) + "\n" + text_of(mesh_));
  while (inputs_.size() < 5) {
    inputs_.push_back(random_.input(image_.network()));
  }
  const LinkModel link = mesh_link(mesh_);
  const RunRecord replayed = run(link);
  for (const char* mode : {"AIRNN_NO_REPLAY", "AIRNN_CHECK_REPLAY"}) {
    setenv(mode, "1", 1);  // is read once, by the process of the run
    EXPECT_EQ(encode_record(run(link)), encode_record(replayed)) << mode;
    unsetenv(mode);
  }
}

TEST_P(RandomNetworksOnAMesh, MoveEachItemAndCreditInTheCycleOfANaiveTwin) {
  SCOPED_TRACE(describe(image_) + "\n" + text_of(mesh_));
  const auto log = std::make_shared<CrossingLog>();
  run(logged(mesh_link(mesh_), mesh_, log), {}, log);
}

/// A mesh that says that it is at rest whenever it is asked.
class HastyLink final : public Link {
 public:
  explicit HastyLink(std::unique_ptr<Link> link) : link_(std::move(link)) {}

  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    if (binding.items != ItemKind::control_message) {
      return link_->insert(binding, to);
    }
    streams_.push_back(std::make_unique<Deaf>(sc_core::sc_gen_unique_name("deaf")));
    streams_.back()->to_target.bind(link_->insert(binding, to));
    return streams_.back()->from_initiator;
  }
  Counts work_until(Cycle cycle) override { return link_->work_until(cycle); }
  const LinkRecord* loads() override { return link_->loads(); }
  Link& core() override { return link_->core(); }

 private:
  class Deaf final : public Interposer {
   public:
    using Interposer::Interposer;

   private:
    void b_transport(Payload& payload, sc_core::sc_time& /*delay*/) override {
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
    }
  };

  std::unique_ptr<Link> link_;
  std::vector<std::unique_ptr<Deaf>> streams_;
};

class HastyMesh : public RandomNetworksOnAMesh {};

TEST_P(HastyMesh, IsFoundByTheMonitorOfTheMesh) {
  mesh_.mesh.hop_cycles = 16;  // the credit of the last map is long under way
  const LinkModel link = mesh_link(mesh_);
  LinkModel hasty = link;
  hasty.make = [link](const LinkedMachine& machine) {
    return std::make_unique<HastyLink>(link.make(machine));
  };
  params_.link = hasty;
  std::vector<std::string> broken;
  SimulationOptions options;
  options.on_violation = [](const Violation&) {};
  options.on_mesh_violation = [&](const MeshViolation& violation) {
    broken.push_back(violation.rule);
  };
  Simulation simulation(params_, image_, in_turn(inputs_), options);
  simulation.run();
  EXPECT_THAT(broken, testing::Contains("N4"));
  EXPECT_THAT(broken, testing::Each("N4"));
}

INSTANTIATE_TEST_SUITE_P(Seeds, HastyMesh, testing::Values(8002U));

INSTANTIATE_TEST_SUITE_P(Seeds, RandomNetworksOnAMesh, seeds(8000, kSanitized ? 5 : 16));

}  // namespace
}  // namespace airnn::test
