// SPDX-License-Identifier: Apache-2.0
#include "testbenches/rtl/rtl_run.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <tuple>

#include "hw/link/wiring.h"
#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/rtl/rtl_unit.h"
#include "sw/results/record_codec.h"
#include "testbenches/support/ahead_filter.h"
#include "testbenches/support/golden_comparison.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/random_ddr3.h"
#include "testbenches/support/slow_streams.h"
#include "testbenches/support/vcd_file.h"
#include "testbenches/system/child_process.h"

namespace airnn::test {

namespace {

/// The slices and arrows of a timeline, a line each. Two layers that begin in one time step may be
/// told in any order, by which arrows are numbered.
std::vector<std::string> slices(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  const std::regex number("\"id\":[0-9]+,");
  for (std::string line; std::getline(file, line);) {
    line = std::regex_replace(line, number, "");
    lines.push_back(line.substr(0, line.find_last_not_of(',') + 1));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// A memory that is asked read by read: of trains, waves do not show when a read was accepted that
/// had to wait for a place.
class StepByStep final : public WiringStage {
 public:
  tlm::tlm_target_socket<>& insert(const Binding& binding, tlm::tlm_target_socket<>& to) override {
    const std::string bus = binding.receiver();
    if (bus.size() < 4 || bus.compare(bus.size() - 4, 4, ".bus") != 0) {
      return to;
    }
    filter_ = std::make_unique<AheadFilter>("filter", Ahead::refuses);
    filter_->to_target.bind(to);
    return filter_->from_initiator;
  }

 private:
  std::unique_ptr<AheadFilter> filter_;
};

bool shows_handing_over(const std::string& path, const std::vector<std::string>& ports) {
  const std::string end = ".free_slots";
  const bool is_count =
      path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
  return is_count && std::any_of(ports.begin(), ports.end(), [&](const std::string& port) {
           return path.find(port) != std::string::npos;
         });
}

}  // namespace

RtlRun::RtlRun()
    : random_(GetParam()),
      image_(image_of(random_.model(), options())),
      params_(random_params(random_, image_)),
      inputs_(random_inputs(random_, image_.network())) {
  params_.controller.lanes = std::min(params_.controller.lanes, kLanes);
  params_.controller.prefetch = GetParam() % 2 == 0 ? Prefetch::none : Prefetch::next;
  if (GetParam() % 3 == 0) {
    params_.memory = ddr3_memory(random_ddr3(GetParam()));
  }
}

CompileOptions RtlRun::options() {
  CompileOptions options = random_.options();
  options.scheme =
      std::vector<Scheme>{Scheme::base, Scheme::iterative, Scheme::interleaved}[GetParam() / 2 % 3];
  return options;
}

void RtlRun::put(const std::string& unit, const std::string& name, std::uint64_t seed,
                 AcceleratorParams& params) const {
  const std::string library = std::string(AIRNN_RTL_LIBRARIES) + "/" + name + ".so";
  const auto row = std::find_if(built_in_rtl().begin(), built_in_rtl().end(),
                                [&](const RtlUnit& one) { return one.name == unit; });
  ASSERT_NE(row, built_in_rtl().end());
  row->put({std::make_shared<const RtlLibrary>(library, unit), seed}, image_.network(), params);
}

RtlRun::Bytes RtlRun::run(const AcceleratorParams& params, const SimulationOptions& options,
                          Cycle stall) const {
  return in_child([&] {
    SlowStreams slow(GetParam(), stall, params.fabric_period_ps);
    StepByStep step_by_step;
    SimulationOptions stalled = options;
    stalled.stages = {&slow};
    if (!options.wave.file.empty()) {
      stalled.stages.push_back(&step_by_step);
    }
    Simulation simulation(params, image_, in_turn(inputs_), stalled);
    return encode_record(simulation.run());
  });
}

void RtlRun::expect_same_files(const AcceleratorParams& rtl,
                               const std::vector<std::string>& ports) const {
  const auto files = [this](const AcceleratorParams& params, const std::string& name) {
    SimulationOptions options;
    options.wave.file = folder_.path() + "/" + name + ".vcd";
    options.timeline = folder_.path() + "/" + name + ".json";
    const Bytes record = run(params, options, 0);
    return std::make_tuple(record, read_vcd(options.wave.file), slices(options.timeline));
  };
  const auto [due_record, due_wave, due_timeline] = files(params_, "own");
  auto [record, wave, timeline] = files(rtl, "rtl");
  EXPECT_GT(due_record.size(), 100U);
  EXPECT_TRUE(record == due_record) << describe(image_);
  EXPECT_GT(due_timeline.size(), 20U);
  EXPECT_TRUE(timeline == due_timeline);
  EXPECT_EQ(wave.signals.size(), due_wave.signals.size());
  for (const auto& [path, signal] : due_wave.signals) {
    if (!shows_handing_over(path, ports)) {
      EXPECT_TRUE(wave.signals.at(path).changes == signal.changes) << path;
    }
  }
}

void RtlRun::expect_same_record(const AcceleratorParams& rtl, const SimulationOptions& options,
                                Cycle stall) const {
  EXPECT_TRUE(run(rtl, options, stall) == run(params_, options, stall))
      << describe(image_) << ", stalls of up to " << stall;
}

}  // namespace airnn::test
