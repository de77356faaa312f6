// SPDX-License-Identifier: Apache-2.0
//
// Speed of a simulation next to that of the untimed reference for the same inputs and iterations.
//
//   airnn_performance_simulation [--network NAME] [--clusters K]
//                                [--scheme base|iterative|interleaved]
//                                [--memory flat|ddr3] [--images FILE] [--count N]
//
// Without --images the inputs are drawn digits (networks of 28x28 inputs).

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "hw/memory/ddr3/ddr3_controller.h"
#include "hw/memory/flat/flat_memory.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/golden/fixed_inference.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/support/inputs_in_turn.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

test::BenchmarkOptions parse(int argc, char** argv) {
  return test::benchmark_options(argc, argv,
                                 {{"--network", "lenet5"},
                                  {"--clusters", "10"},
                                  {"--scheme", "iterative"},
                                  {"--memory", "flat"},
                                  {"--images", ""},
                                  {"--count", "1000"}});
}

MemoryImage compile_network(const std::string& name, const std::string& scheme,
                            const std::string& clusters) {
  const std::string path = source_path("models/") + name + ".onnx";
  const Model model = read_onnx(path);
  CompileOptions options;
  options.scheme = scheme == "base"          ? Scheme::base
                   : scheme == "interleaved" ? Scheme::interleaved
                                             : Scheme::iterative;
  options.clusters = parse_cluster_spec(clusters);
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, name);
}

std::vector<std::vector<std::int32_t>> read_inputs(const std::string& images, int count,
                                                   const Network& network) {
  LabelledSet set;
  if (images.empty()) {
    set = draw_digits(count, 1);
  } else {
    set = read_labelled_set(images, "", network);
  }
  const InputConverter converter(network);
  std::vector<std::vector<std::int32_t>> inputs;
  for (std::int32_t i = 0; i < std::min(count, set.images.count); ++i) {
    inputs.push_back(converter.quantise(set.images, i));
  }
  return inputs;
}

void measure(const MemoryImage& image, const std::string& memory,
             const std::vector<std::vector<std::int32_t>>& inputs) {
  AcceleratorParams params;
  params.memory = memory == "ddr3" ? ddr3_memory({}) : flat_memory({});
  params.parallelism.resize(image.network().layers.size());
  Simulation simulation(params, image, test::in_turn(inputs));
  const Clock::time_point simulation_start = Clock::now();
  const RunRecord record = simulation.run();
  const double simulated = seconds_since(simulation_start);

  const golden::FixedInference reference(image);
  std::uint64_t inferences = 0;
  std::uint64_t different = 0;
  const Clock::time_point reference_start = Clock::now();
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    for (std::uint32_t i = 1; i <= record.inputs[n].iterations; ++i) {
      const golden::Inference inference = reference.run(inputs[n], static_cast<int>(i));
      const auto simulated_class = static_cast<int>(record.inputs[n].predictions[i - 1]);
      different += inference.prediction == simulated_class ? 0 : 1;
      ++inferences;
    }
  }
  const double referenced = seconds_since(reference_start);

  const auto cycles = static_cast<double>(record.total_cycles());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{} {} on {}: {} inputs, {} inferences, {:.1f} million cycles\n", image.network().name,
             to_string(image.info().scheme), memory, inputs.size(), inferences, cycles * 1e-6);
  fmt::print("simulation  {:8.2f} s  {:8.1f} million cycles/s  {:8.0f} inputs/s\n", simulated,
             cycles * 1e-6 / simulated, static_cast<double>(inputs.size()) / simulated);
  fmt::print("reference   {:8.2f} s  {:8.1f} inferences/s, untimed, {} predictions differ\n",
             referenced, static_cast<double>(inferences) / referenced, different);
  fmt::print("ratio       {:8.2f}    simulation / reference\n", simulated / referenced);
  fmt::print("memory      {:8.0f} MB peak\n", static_cast<double>(usage.ru_maxrss) / 1024);
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const auto options = airnn::parse(argc, argv);
  try {
    const airnn::MemoryImage image = airnn::compile_network(
        options.at("--network"), options.at("--scheme"), options.at("--clusters"));
    airnn::measure(image, options.at("--memory"),
                   airnn::read_inputs(options.at("--images"),
                                      std::atoi(options.at("--count").c_str()), image.network()));
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
