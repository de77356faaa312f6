// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/optimizer.h"

#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "sw/format/errors.h"

namespace airnn {

namespace fs = std::filesystem;

namespace {

const fs::path kModule = fs::path("lib") / "airnn" / "airnn_optimize.so";

/// /usr/bin/airnn has /usr/lib/airnn; in a folder of a build programs lie deeper.
fs::path module_file() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (fs::exists(folder / kModule, error)) {
      return folder / kModule;
    }
    if (folder == folder.root_path()) {
      break;
    }
  }
  throw UserError("searches need " + kModule.string() + ", which is in no folder that " +
                  program.string() + " lies in: the program is not installed as a whole");
}

const Optimizer& load() {
  const std::string file = module_file().string();
  void* const module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* const symbol = module == nullptr ? nullptr : dlsym(module, kOptimizerSymbol);
  if (symbol == nullptr) {
    throw UserError(file + ": cannot be loaded: " + dlerror());
  }
  return *reinterpret_cast<OptimizerFunction>(symbol)();
}

}  // namespace

const Optimizer& optimizer() {
  static const Optimizer& loaded = load();
  return loaded;
}

WantedGenomes wanted_genomes(const EvolutionParams& params, const FitnessOf& fitness) {
  return optimizer().wanted_genomes(params, fitness);
}

std::vector<std::size_t> pareto_front(const std::vector<Fitness>& points) {
  return optimizer().pareto_front(points);
}

double hypervolume(const std::vector<Fitness>& points, const Fitness& reference) {
  return optimizer().hypervolume(points, reference);
}

}  // namespace airnn
