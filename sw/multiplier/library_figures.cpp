// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/library_figures.h"

#include <algorithm>

#include "sw/multiplier/weight_tuning.h"

namespace airnn {

namespace {

MultiplierFigures figures_of(const Multiplier& multiplier) {
  const ProductTable table = multiplier.table();
  const TuningMap tuned = tuning_map(table, kMaxUnsigned, kMaxUnsigned);
  MultiplierFigures figures;
  figures.multiplier = multiplier;
  figures.crc32c = table.crc32c();
  figures.zero_preserving = table.zero_preserving();
  figures.errors = error_figures(table);
  figures.weights_remapped = remapped_weights(tuned);
  figures.tuned_mae_percent = tuned_mae_percent(table, tuned);
  return figures;
}

/// Whether none of `all` is better than `one` by an error and by energy.
bool is_undominated(const MultiplierFigures& one, const std::vector<MultiplierFigures>& all,
                    double ErrorFigures::*error) {
  return std::none_of(all.begin(), all.end(), [&](const MultiplierFigures& other) {
    const double mine = one.errors.*error;
    const double its = other.errors.*error;
    const double my_energy = one.multiplier.relative_energy;
    const double its_energy = other.multiplier.relative_energy;
    return its <= mine && its_energy <= my_energy && (its < mine || its_energy < my_energy);
  });
}

}  // namespace

std::vector<MultiplierFigures> library_figures(const MultiplierLibrary& library) {
  std::vector<MultiplierFigures> all;
  for (const Multiplier& multiplier : library.multipliers()) {
    all.push_back(figures_of(multiplier));
  }
  for (MultiplierFigures& one : all) {
    one.on_front = is_undominated(one, all, &ErrorFigures::mae_percent);
    one.on_relative_front = is_undominated(one, all, &ErrorFigures::mre_percent);
  }
  return all;
}

}  // namespace airnn
