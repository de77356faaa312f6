// SPDX-License-Identifier: Apache-2.0
//
// What it costs to watch a run: simulated cycles per second of LeNet-5 (iterative, drawn digits)
// with nothing attached, with the protocol monitors, a timeline, and waveforms of several scopes,
// on both memories.
//
//   airnn_performance_observers [COUNT [FOLDER]]
//
// COUNT inputs (20) with a waveform, more with what is faster; files are written into FOLDER (the
// present one) and removed. The best of three runs counts.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "hw/sim/run_config.h"
#include "hw/sim/simulation.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/digit_drawer.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/model/onnx_reader.h"
#include "testbenches/performance/measured_process.h"
#include "testbenches/support/source_path.h"

namespace airnn {
namespace {

namespace fs = std::filesystem;
using Maps = std::vector<std::vector<std::int32_t>>;

struct Watch {
  const char* name;
  int inputs;  ///< times COUNT
  bool monitors;
  bool timeline;
  bool wave;
  std::vector<std::string> scopes;
};

const std::vector<Watch>& watches() {
  static const std::vector<Watch> all = {
      {"nothing", 50, false, false, false, {}},
      {"monitors", 50, true, false, false, {}},
      {"timeline", 10, false, true, false, {}},
      {"wave: states and score",
       10,
       false,
       false,
       true,
       {"*.state", "accelerator.score_calculation.score*", "*.iteration"}},
      {"wave: control units, bus",
       1,
       false,
       false,
       true,
       {"accelerator.clock", "accelerator.read_weight_controller",
        "accelerator.buffer_address_calculation", "accelerator.score_calculation",
        "accelerator.host", "accelerator.input_buffer", "accelerator.*.bus"}},
      {"wave: compute unit 2", 1, false, false, true, {"accelerator./3/Conv.compute"}},
      {"wave: everything", 1, false, false, true, {}}};
  return all;
}

/// Of one run.
struct Measured {
  double cycles = 0;
  double wall_seconds = 0;
  double cpu_seconds = 0;
  double bytes = 0;
};

Measured measure(const AcceleratorParams& params, const MemoryImage& image, const Maps& inputs,
                 const Watch& watch, const std::string& file) {
  SimulationOptions options;
  options.monitors = watch.monitors;
  options.timeline = watch.timeline ? file + ".json" : "";
  if (watch.wave) {
    options.wave.file = file + ".vcd";
    options.wave.scopes = watch.scopes;
  }
  std::size_t next = 0;
  const std::size_t count = inputs.size() / 50 * static_cast<std::size_t>(watch.inputs);
  Simulation simulation(
      params, image,
      [&](std::vector<std::int32_t>& map) {
        if (next == count) {
          return false;
        }
        map = inputs[next++];
        return true;
      },
      options);
  const double cpu = test::cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  Measured result;
  result.cycles = static_cast<double>(simulation.run().total_cycles());
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.cpu_seconds = test::cpu_seconds() - cpu;
  result.bytes = 0;
  for (const char* ending : {".vcd", ".json"}) {
    std::error_code none;
    const auto bytes = fs::file_size(file + ending, none);
    result.bytes += none ? 0 : static_cast<double>(bytes);
    fs::remove(file + ending, none);
  }
  return result;
}

MemoryImage compile_lenet5() {
  const std::string path = source_path("models/lenet5.onnx");
  const Model model = read_onnx(path);
  CompileOptions options;
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, "lenet5");
}

Measured best_of_three(const AcceleratorParams& params, const MemoryImage& image,
                       const Maps& inputs, const Watch& watch, const std::string& file) {
  Measured best;
  for (int i = 0; i < 3; ++i) {
    const Measured one =
        test::in_process([&] { return measure(params, image, inputs, watch, file); });
    best = i == 0 || one.cpu_seconds < best.cpu_seconds ? one : best;
  }
  return best;
}

void run(int count, const std::string& folder) {
  const MemoryImage image = compile_lenet5();
  const InputConverter converter(image.network());
  const LabelledSet digits = draw_digits(50 * count, 1);
  Maps inputs;
  for (std::int32_t i = 0; i < 50 * count; ++i) {
    inputs.push_back(converter.quantise(digits.images, i));
  }
  const std::string file = folder + "/airnn-observer-benchmark";
  fmt::print("{:<8}{:<26}{:>12}{:>16}{:>16}{:>10}\n", "memory", "attached", "bytes/cycle",
             "cycles/s", "cycles/CPU s", "slower");
  for (const std::string memory : {"default", "ddr3"}) {
    const RunConfig config =
        read_run_config(source_path("configs/run/") + memory + ".yaml", {}, image.network());
    double fastest = 0;
    for (const Watch& watch : watches()) {
      const Measured measured = best_of_three(config.accelerator, image, inputs, watch, file);
      const double rate = measured.cycles * 1e-6 / measured.cpu_seconds;
      fastest = fastest > 0 ? fastest : rate;
      fmt::print("{:<8}{:<26}{:>12.1f}{:>14.2f} M{:>14.2f} M{:>10.2f}\n",
                 memory == "default" ? "flat" : "ddr3", watch.name,
                 measured.bytes / measured.cycles, measured.cycles * 1e-6 / measured.wall_seconds,
                 rate, fastest / rate);
      std::fflush(stdout);
    }
  }
  for (const char* ending : {".gtkw", ".states"}) {
    fs::remove_all(file + ending);
  }
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 20;
  if (argc > 3 || count < 1) {
    fmt::print(stderr, "airnn_performance_observers [COUNT [FOLDER]]\n");
    return 2;
  }
  try {
    airnn::run(count, argc > 2 ? argv[2] : ".");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
  return 0;
}
