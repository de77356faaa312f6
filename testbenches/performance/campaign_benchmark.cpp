// SPDX-License-Identifier: Apache-2.0
//
// What very many points cost beside their simulation: time of the processor and memory of planning,
// of a worker's way to its first step, of --status and of --finish, for 100 to 100,000 points of
// which none is done. Every row is a process of its own.
//
//   airnn_performance_campaign [--points N]
//
// --points leaves out what is larger.

#include <fmt/format.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>

#include "sw/campaign/campaign.h"
#include "sw/campaign/compile_keys.h"
#include "sw/campaign/shared/campaign_status.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/idx_writer.h"
#include "sw/evaluate/experiment_reader.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/performance/measured_process.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

struct Cost {
  double cpu_seconds = 0;
  double peak_bytes = 0;
};

/// Thresholds and numbers of clusters.
void write_experiment(const std::string& file, std::size_t points) {
  constexpr std::size_t kClusters = 4;
  std::string thresholds;
  for (std::size_t i = 0; i < points / kClusters; ++i) {
    thresholds += fmt::format("{}{:.7f}", i == 0 ? "" : ", ",
                              0.5 + 0.4 * static_cast<double>(i) / static_cast<double>(points));
  }
  std::ofstream(file) << fmt::format(
      "title: Many points\nnetworks:\n  net:\n    model: {}\n    images: digits-images.idx\n    "
      "labels: digits-labels.idx\nmatrix:\n  - {{network: net, compile.clusters: [2, 3, 4, 5], "
      "threshold: [{}], run: {}}}\n",
      source_path("models/lenet300-100.onnx"), thresholds, source_path("configs/run/default.yaml"));
}

template <typename Work>
Cost cost_of(const Work& work) {
  return test::in_process([&] {
    work();
    return Cost{test::cpu_seconds(), test::peak_bytes()};
  });
}

void carry_out(const std::string& experiment, const std::string& out, CampaignRole role) {
  const ExperimentSuite suite = read_experiments(experiment, wrong_matrix_key);
  CampaignOptions options;
  options.out = out;
  options.resume = true;
  options.role = role;
  options.has_enough = [] { return true; };
  CampaignListener listener;
  Campaign(suite, CampaignTables(), options, listener, [] { return false; }).run();
}

void print_row(std::size_t points, const char* what, const Cost& cost) {
  fmt::print("{:>8}  {:<14} {:>8.2f} {:>10.0f}\n", points, what, cost.cpu_seconds,
             cost.peak_bytes / 1e6);
  std::fflush(stdout);
}

void run(std::size_t most) {
  fmt::print("  points  {:<14} {:>8} {:>10}\n", "", "CPU s", "peak MB");
  for (std::size_t points = 100; points <= most; points *= 10) {
    const test::ScratchFolder folder(test::quick_folder());
    const std::string experiment = folder.path() + "/e.yaml";
    const std::string out = folder.path() + "/out";
    write_labelled_set(draw_digits(100, 1), folder.path() + "/digits");
    write_experiment(experiment, points);
    print_row(points, "plan", cost_of([&] { carry_out(experiment, out, CampaignRole::planner); }));
    print_row(points, "worker begins",
              cost_of([&] { carry_out(experiment, out, CampaignRole::worker); }));
    print_row(points, "status", cost_of([&] { campaign_status(out); }));
    print_row(points, "finish",
              cost_of([&] { carry_out(experiment, out, CampaignRole::collector); }));
  }
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const auto options = airnn::test::benchmark_options(argc, argv, {{"--points", "100000"}});
  try {
    airnn::run(std::strtoull(options.at("--points").c_str(), nullptr, 10));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
  return 0;
}
