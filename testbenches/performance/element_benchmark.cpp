// SPDX-License-Identifier: Apache-2.0
//
// What multipliers that are tables cost on the host, next to exact ones of 8 bits: processor time
// of a run of scheme base over random inputs, the least of several, without reading and compiling.
//
//   airnn_performance_elements [--count N] [--rounds R]

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "hw/compute/product/lut_product.h"
#include "hw/memory/flat/flat_memory.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "sw/multiplier/product_table.h"
#include "testbenches/performance/benchmark_options.h"
#include "testbenches/performance/measured_process.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

enum class Multipliers { exact, table, shuffled_table, portable_table };

LutProduct::Instructions instructions_of(Multipliers multipliers) {
  return multipliers == Multipliers::table            ? LutProduct::Instructions::fastest
         : multipliers == Multipliers::shuffled_table ? LutProduct::Instructions::shuffle
                                                      : LutProduct::Instructions::portable;
}

Model model_of(const std::string& network, CompileOptions& options) {
  const std::string path = source_path("models/") + network + ".onnx";
  Model model = read_onnx(path);
  options.scheme = Scheme::base;
  options.precision = 8;
  options.drops_signs = true;
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return model;
}

double seconds(const std::string& network, Multipliers multipliers, int count) {
  return test::in_process([&] {
    CompileOptions options;
    Model model = model_of(network, options);
    const ProductTable table = ProductTable::from_function(
        [](std::uint32_t a, std::uint32_t b) { return a * (b & 0xFCU); });
    AcceleratorParams params;
    params.memory = flat_memory({});
    params.parallelism.resize(model.network.layers.size());
    params.engine_table.products.push_back({"table", [&] {
                                              return std::make_shared<const LutProduct>(
                                                  table.products(), "table",
                                                  instructions_of(multipliers));
                                            }});
    for (Layer& layer : model.network.layers) {
      const bool convolves =
          layer.kind == LayerKind::convolution || layer.kind == LayerKind::depthwise;
      const bool is_table = convolves && multipliers != Multipliers::exact;
      layer.product_table = is_table ? table.crc32c() : 0;
      params.engines.push_back({"mac", is_table ? "table" : "exact"});
    }
    const MemoryImage image = MemoryImage::parse(compile(model, options).image, network);
    std::mt19937 random(1);
    int done = 0;
    Simulation simulation(params, image, [&](std::vector<std::int32_t>& map) {
      map.resize(static_cast<std::size_t>(image.network().input.size()));
      for (std::int32_t& pixel : map) {
        pixel = static_cast<std::int32_t>(random() % 128);
      }
      return done++ < count;
    });
    const double start = test::cpu_seconds();
    simulation.run();
    return test::cpu_seconds() - start;
  });
}

double least_seconds(const std::string& network, Multipliers multipliers, int count, int rounds) {
  double least = 1e9;
  for (int i = 0; i < rounds; ++i) {
    least = std::min(least, seconds(network, multipliers, count));
  }
  return least;
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  using airnn::Multipliers;
  const auto options =
      airnn::test::benchmark_options(argc, argv, {{"--count", "20"}, {"--rounds", "3"}});
  const int count = std::atoi(options.at("--count").c_str());
  const int rounds = std::atoi(options.at("--rounds").c_str());
  try {
    fmt::print("seconds, and times those of exact multipliers\n");
    fmt::print("network   exact          table        AVX2      portable\n");
    for (const std::string network : {"lenet5", "cifar10", "resnet8"}) {
      const double exact = airnn::least_seconds(network, Multipliers::exact, count, rounds);
      fmt::print("{:8} {:6.3f}", network, exact);
      for (const Multipliers multipliers :
           {Multipliers::table, Multipliers::shuffled_table, Multipliers::portable_table}) {
        const double took = airnn::least_seconds(network, multipliers, count, rounds);
        fmt::print("  {:6.3f} {:4.2f}", took, took / exact);
      }
      fmt::print("\n");
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
