// SPDX-License-Identifier: Apache-2.0
//
// What an associative memory beside the multipliers costs on the host, next to the same network
// without: processor time of a run of scheme base over random inputs, the least of several, without
// reading and compiling. With 16 rows it is at most three times as much.
//
//   airnn_performance_associative [--count N] [--rounds R]

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <random>
#include <string>
#include <vector>

#include "hw/memory/flat/flat_memory.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/performance/measured_process.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

/// Between 0 and 1, as pixels are; half of them zero.
std::vector<float> random_input(const MapShape& shape, std::mt19937& random) {
  std::vector<float> input(static_cast<std::size_t>(shape.size()));
  for (float& x : input) {
    x = random() % 2 == 0 ? 0.0F : static_cast<float>(random() % 256) / 255.0F;
  }
  return input;
}

double seconds(const std::string& network, int rows, int count) {
  return test::in_process([&] {
    const std::string path = source_path("models/") + network + ".onnx";
    const Model model = read_onnx(path);
    std::mt19937 random(1);
    CompileOptions options;
    options.scheme = Scheme::base;
    options.bins = 16;
    options.rows = rows;
    options.preprocess = preprocess_beside(path, model.network.input.channels);
    options.calibration = {random_input(model.network.input, random)};
    const MemoryImage image = MemoryImage::parse(compile(model, options).image, network);
    AcceleratorParams params;
    params.memory = flat_memory({});
    params.parallelism.resize(model.network.layers.size());
    params.associative_rows = static_cast<std::uint32_t>(rows);
    const double scale = std::ldexp(1.0, image.network().input_format.fraction_bits);
    int done = 0;
    Simulation simulation(params, image, [&](std::vector<std::int32_t>& map) {
      map.clear();
      for (const float x : random_input(image.network().input, random)) {
        map.push_back(static_cast<std::int32_t>(static_cast<double>(x) * scale));
      }
      return done++ < count;
    });
    const double start = test::cpu_seconds();
    simulation.run();
    return test::cpu_seconds() - start;
  });
}

double least_seconds(const std::string& network, int rows, int count, int rounds) {
  double least = 1e9;
  for (int i = 0; i < rounds; ++i) {
    least = std::min(least, seconds(network, rows, count));
  }
  return least;
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const auto options =
      airnn::test::benchmark_options(argc, argv, {{"--count", "20"}, {"--rounds", "3"}});
  const int count = std::atoi(options.at("--count").c_str());
  const int rounds = std::atoi(options.at("--rounds").c_str());
  try {
    fmt::print("seconds, and times those without rows\n");
    fmt::print("network           0 rows         16             64            256\n");
    for (const std::string network : {"lenet300-100", "lenet5", "cifar10", "resnet8"}) {
      const double exact = airnn::least_seconds(network, 0, count, rounds);
      fmt::print("{:16} {:6.3f}", network, exact);
      for (const int rows : {16, 64, 256}) {
        const double took = airnn::least_seconds(network, rows, count, rounds);
        fmt::print("  {:6.3f} {:5.2f}", took, took / exact);
      }
      fmt::print("\n");
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
