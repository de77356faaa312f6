// SPDX-License-Identifier: Apache-2.0
//
// How cost grows: time and memory of simulating 100, 1000, 10000 inputs (LeNet-5, flat memory,
// drawn digits), and of compiling 10^5 to 10^8 random weights and the shapes of VGG-16. Every row
// is a process of its own.
//
//   airnn_performance_growth [--part simulation|compiler|all] [--inputs N]
//                            [--least-weights N] [--weights N]
//                            [--scheme base|iterative|interleaved] [--clusters K|elbow]
//                            [--threads N]
//
// --inputs and --weights leave out what is larger, --least-weights what is smaller; --scheme,
// --clusters and --threads are of the compiler.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "hw/sim/run_config.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/performance/measured_process.h"
#include "testbenches/performance/synthetic_model.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

using Clock = std::chrono::steady_clock;
using Options = test::BenchmarkOptions;

constexpr std::uint64_t kSeed = 1;
constexpr double kVgg16Weights = 138'344'128;

/// What one row cost.
struct Cost {
  double size = 0;  ///< inputs or weights
  double wall_seconds = 0;
  double cpu_seconds = 0;
  double peak_bytes = 0;
  double check_seconds = 0;  ///< compiler: verifying the image, as the program does
};

/// Times of one piece of work, in this process.
class Stopwatch {
 public:
  double wall() const { return std::chrono::duration<double>(Clock::now() - wall_).count(); }
  double cpu() const { return test::cpu_seconds() - cpu_; }

 private:
  Clock::time_point wall_ = Clock::now();
  double cpu_ = test::cpu_seconds();
};

/// By how much the CPU time grows where the size grows tenfold: 10 is linear. Nothing in the first
/// row.
std::string tenfold(const Cost& before, const Cost& now) {
  if (before.size <= 0) {
    return "";
  }
  const double decades = std::log10(now.size / before.size);
  return fmt::format("{:.1f}", std::pow(now.cpu_seconds / before.cpu_seconds, 1 / decades));
}

MemoryImage compile_lenet5(Scheme scheme) {
  const std::string path = source_path("models/lenet5.onnx");
  const Model model = read_onnx(path);
  CompileOptions options;
  options.scheme = scheme;
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, "lenet5");
}

Cost simulate(const MemoryImage& image, const AcceleratorParams& params, int inputs) {
  const LabelledSet digits = draw_digits(inputs, kSeed);
  const InputConverter converter(image.network());
  std::int32_t next = 0;
  const Stopwatch watch;
  Simulation simulation(params, image, [&](std::vector<std::int32_t>& map) {
    if (next == inputs) {
      return false;
    }
    map = converter.quantise(digits.images, next++);
    return true;
  });
  simulation.run();
  Cost cost;
  cost.size = inputs;
  cost.wall_seconds = watch.wall();
  cost.cpu_seconds = watch.cpu();
  cost.peak_bytes = test::peak_bytes();
  return cost;
}

void simulate_all(const Options& options) {
  const int largest = std::atoi(options.at("--inputs").c_str());
  fmt::print(
      "Simulation of LeNet-5, flat memory, drawn digits\n{:<12}{:>8}{:>10}{:>14}{:>10}{:>16}\n",
      "scheme", "inputs", "CPU s", "inputs/CPU s", "peak MB", "time, tenfold");
  for (const Scheme scheme : {Scheme::iterative, Scheme::interleaved}) {
    const MemoryImage image = compile_lenet5(scheme);
    const RunConfig config =
        read_run_config(source_path("configs/run/default.yaml"), {}, image.network());
    Cost before;
    for (int inputs = 100; inputs <= std::min(largest, 10000); inputs *= 10) {
      const Cost cost =
          test::in_process([&] { return simulate(image, config.accelerator, inputs); });
      fmt::print("{:<12}{:>8}{:>10.2f}{:>14.1f}{:>10.1f}{:>16}\n", to_string(scheme), inputs,
                 cost.cpu_seconds, inputs / cost.cpu_seconds, cost.peak_bytes * 1e-6,
                 tenfold(before, cost));
      std::fflush(stdout);
      before = cost;
    }
  }
}

Cost compile_once(const Model& model, const CompileOptions& options) {
  Cost cost;
  cost.size = static_cast<double>(test::count_weights(model));
  const Stopwatch watch;
  CompileResult result = compile(model, options);
  cost.wall_seconds = watch.wall();
  cost.cpu_seconds = watch.cpu();
  const Stopwatch check;
  MemoryImage::parse(std::move(result.image), model.network.name);
  cost.check_seconds = check.wall();
  cost.peak_bytes = test::peak_bytes();
  return cost;
}

CompileOptions compile_options(const Options& given) {
  CompileOptions options;
  const std::string& scheme = given.at("--scheme");
  options.scheme = scheme == "base"          ? Scheme::base
                   : scheme == "interleaved" ? Scheme::interleaved
                                             : Scheme::iterative;
  options.clusters = parse_cluster_spec(given.at("--clusters"));
  options.threads = std::atoi(given.at("--threads").c_str());
  return options;
}

void compile_all(const Options& given) {
  const double least = std::atof(given.at("--least-weights").c_str());
  const double largest = std::atof(given.at("--weights").c_str());
  const auto is_wanted = [&](double weights) { return weights >= least && weights <= largest; };
  const CompileOptions options = compile_options(given);
  fmt::print("Compilation, scheme {}, clusters {}, {} threads\n", to_string(options.scheme),
             given.at("--clusters"), options.threads);
  fmt::print("{:<12}{:>12}{:>9}{:>9}{:>17}{:>9}{:>10}{:>14}{:>16}\n", "network", "weights",
             "wall s", "CPU s", "weights/CPU s", "check s", "peak MB", "bytes/weight",
             "time, tenfold");
  Cost before;
  const auto row = [&](const char* network, const auto& make) {
    const Cost cost = test::in_process([&] { return compile_once(make(), options); });
    fmt::print("{:<12}{:>12.0f}{:>9.2f}{:>9.2f}{:>15.2f} M{:>9.2f}{:>10.0f}{:>14.1f}{:>16}\n",
               network, cost.size, cost.wall_seconds, cost.cpu_seconds,
               cost.size * 1e-6 / cost.cpu_seconds, cost.check_seconds, cost.peak_bytes * 1e-6,
               cost.peak_bytes / cost.size, tenfold(before, cost));
    std::fflush(stdout);
    before = cost;
  };
  for (const std::int64_t weights : {100'000, 1'000'000, 10'000'000, 100'000'000}) {
    if (is_wanted(static_cast<double>(weights))) {
      row("synthetic", [&] { return test::model_of_size(weights, kSeed); });
    }
  }
  if (is_wanted(kVgg16Weights)) {
    before = {};  // another network: no row to compare with
    row("VGG-16", [] { return test::vgg16_model(kSeed); });
  }
}

test::BenchmarkOptions parse(int argc, char** argv) {
  return test::benchmark_options(argc, argv,
                                 {{"--part", "all"},
                                  {"--inputs", "10000"},
                                  {"--least-weights", "0"},
                                  {"--weights", "200000000"},
                                  {"--scheme", "iterative"},
                                  {"--clusters", "elbow"},
                                  {"--threads", "2"}});
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const auto options = airnn::parse(argc, argv);
  try {
    if (options.at("--part") != "compiler") {
      airnn::simulate_all(options);
    }
    if (options.at("--part") != "simulation") {
      airnn::compile_all(options);
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
