// SPDX-License-Identifier: Apache-2.0
//
// What a waveform costs: simulated cycles per second of LeNet-5 (iterative, drawn digits) without
// one and with one of several scopes, on both memories.
//
//   airnn_performance_wave [COUNT [FOLDER]]
//
// COUNT inputs (20); the waveforms are written into FOLDER (the present one) and removed.

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

namespace airnn {
namespace {

namespace fs = std::filesystem;
using Maps = std::vector<std::vector<std::int32_t>>;

struct Scope {
  const char* name;
  bool is_traced;
  std::vector<std::string> patterns;
};

const std::vector<Scope>& scopes() {
  static const std::vector<Scope> all = {
      {"none", false, {}},
      {"states and score", true, {"*.state", "accelerator.score.score*", "*.iteration"}},
      {"control units and bus",
       true,
       {"accelerator.clock", "accelerator.controller", "accelerator.addresses", "accelerator.score",
        "accelerator.host", "accelerator.input_buffer", "accelerator.memory.bus"}},
      {"compute unit 2", true, {"accelerator.layer1.compute"}},
      {"everything", true, {}}};
  return all;
}

/// Of one run.
struct Measured {
  double cycles = 0;
  double wall_seconds = 0;
  double cpu_seconds = 0;
  double bytes = 0;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Measured measure(const AcceleratorParams& params, const MemoryImage& image, const Maps& inputs,
                 const Scope& scope, const std::string& file) {
  SimulationOptions options;
  if (scope.is_traced) {
    options.wave.file = file;
    options.wave.scopes = scope.patterns;
  }
  std::size_t next = 0;
  Simulation simulation(
      params, image,
      [&](std::vector<std::int32_t>& map) {
        if (next == inputs.size()) {
          return false;
        }
        map = inputs[next++];
        return true;
      },
      options);
  const double cpu = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  Measured result;
  result.cycles = static_cast<double>(simulation.run().total_cycles());
  result.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  result.cpu_seconds = cpu_seconds() - cpu;
  result.bytes = scope.is_traced ? static_cast<double>(fs::file_size(file)) : 0;
  return result;
}

/// In a process of its own: SystemC elaborates once.
template <typename Work>
Measured in_process(const Work& work) {
  int ends[2] = {-1, -1};
  Measured result;
  if (pipe(ends) != 0) {
    throw std::runtime_error("pipe failed");
  }
  const pid_t child = fork();
  if (child == 0) {
    result = work();
    _exit(write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  close(ends[1]);
  const bool is_done = read(ends[0], &result, sizeof result) == sizeof result;
  close(ends[0]);
  waitpid(child, nullptr, 0);
  if (!is_done) {
    throw std::runtime_error("a measurement failed");
  }
  return result;
}

MemoryImage compile_lenet5() {
  const std::string path = std::string(AIRNN_SOURCE_DIR) + "/models/lenet5.onnx";
  const Model model = read_onnx(path);
  CompileOptions options;
  options.preprocess = preprocess_beside(path, model.network.input.channels);
  return MemoryImage::parse(compile(model, options).image, "lenet5");
}

void run(int count, const std::string& folder) {
  const MemoryImage image = compile_lenet5();
  const InputConverter converter(image.network());
  const LabelledSet digits = draw_digits(count, 1);
  Maps inputs;
  for (std::int32_t i = 0; i < count; ++i) {
    inputs.push_back(converter.quantise(digits.images, i));
  }
  const std::string file = folder + "/airnn-wave-benchmark.vcd";
  fmt::print("{:<8}{:<24}{:>12}{:>16}{:>16}{:>10}\n", "memory", "scope", "bytes/cycle", "cycles/s",
             "cycles/CPU s", "slower");
  for (const std::string memory : {"default", "ddr3"}) {
    const RunConfig config = read_run_config(
        std::string(AIRNN_SOURCE_DIR) + "/configs/run/" + memory + ".yaml", {}, image.network());
    double untraced = 0;
    for (const Scope& scope : scopes()) {
      const Measured measured =
          in_process([&] { return measure(config.accelerator, image, inputs, scope, file); });
      untraced = scope.is_traced ? untraced : measured.cpu_seconds;
      fmt::print("{:<8}{:<24}{:>12.1f}{:>14.2f} M{:>14.2f} M{:>10.1f}\n",
                 memory == "default" ? "flat" : "ddr3", scope.name,
                 measured.bytes / measured.cycles, measured.cycles * 1e-6 / measured.wall_seconds,
                 measured.cycles * 1e-6 / measured.cpu_seconds, measured.cpu_seconds / untraced);
      std::fflush(stdout);
    }
  }
  for (const char* ending : {".vcd", ".gtkw", ".states"}) {
    fs::remove_all(folder + "/airnn-wave-benchmark" + ending);
  }
}

}  // namespace
}  // namespace airnn

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 20;
  if (argc > 3 || count < 1) {
    fmt::print(stderr, "airnn_performance_wave [COUNT [FOLDER]]\n");
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
