// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/by_pagmo/by_pagmo.h"

#include <algorithm>
#include <cmath>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/bfe.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/utils/generic.hpp>
#include <random>
#include <set>
#include <stdexcept>
#include <utility>

namespace airnn::by_pagmo {

namespace {

/// The initial genomes differ, unless so many are hard to find.
constexpr unsigned kDraws = 100;

/// Leaves pagmo where it wants to know more.
struct Unknown {
  WantedGenomes wanted;
};

/// What a run of evolution asks.
struct Inquiry {
  const EvolutionParams& params;
  const FitnessOf& fitness;
  std::size_t generation = 0;

  /// The values of all genomes, one after the other.
  std::vector<double> answer(const std::vector<Genome>& genomes) {
    ++generation;
    std::vector<double> values;
    WantedGenomes wanted{generation, {}};
    std::set<Genome> asked;
    for (const Genome& genome : genomes) {
      const Fitness* known = fitness(genome);
      if (known != nullptr) {
        values.insert(values.end(), known->begin(), known->end());
      } else if (asked.insert(genome).second) {
        wanted.genomes.push_back(genome);
      }
    }
    if (!wanted.genomes.empty()) {
      throw Unknown{std::move(wanted)};
    }
    return values;
  }
};

Genome genome_of(const double* genes, std::size_t count) {
  Genome genome;
  std::transform(genes, genes + count, std::back_inserter(genome),
                 [](double gene) { return static_cast<std::size_t>(std::llround(gene)); });
  return genome;
}

/// pagmo wants its parts to be made without arguments, too.
struct Space {
  const EvolutionParams* params = nullptr;

  pagmo::vector_double fitness(const pagmo::vector_double& /*genes*/) const {
    throw std::logic_error("genomes are measured together");
  }
  std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
    if (params == nullptr) {
      return {{0}, {1}};
    }
    pagmo::vector_double last;
    for (const std::size_t count : params->values) {
      last.push_back(static_cast<double>(count) - 1);
    }
    return {pagmo::vector_double(last.size(), 0), last};
  }
  pagmo::vector_double::size_type get_nobj() const {
    return params == nullptr ? 2 : params->objectives;
  }
  pagmo::vector_double::size_type get_nix() const {
    return params == nullptr ? 1 : params->values.size();
  }
};

struct Measurement {
  Inquiry* inquiry = nullptr;

  pagmo::vector_double operator()(const pagmo::problem& /*space*/,
                                  const pagmo::vector_double& genes) const {
    const std::size_t count = inquiry->params.values.size();
    std::vector<Genome> genomes;
    for (std::size_t at = 0; at < genes.size(); at += count) {
      genomes.push_back(genome_of(&genes[at], count));
    }
    return inquiry->answer(genomes);
  }
};

pagmo::population first_generation(Inquiry& inquiry) {
  const EvolutionParams& params = inquiry.params;
  pagmo::population population{pagmo::problem(Space{&params}), 0U, params.seed};
  std::mt19937 random(params.seed);
  std::set<Genome> known;
  std::vector<Genome> genomes;
  for (unsigned draw = 0; genomes.size() < params.population; ++draw) {
    const pagmo::vector_double genes =
        pagmo::random_decision_vector(population.get_problem(), random);
    const Genome genome = genome_of(genes.data(), genes.size());
    if (known.insert(genome).second || draw >= kDraws * params.population) {
      genomes.push_back(genome);
    }
  }
  const std::vector<double> values = inquiry.answer(genomes);
  auto at = values.begin();
  for (const Genome& genome : genomes) {
    const auto end = at + static_cast<std::ptrdiff_t>(params.objectives);
    population.push_back({genome.begin(), genome.end()}, {at, end});
    at = end;
  }
  return population;
}

}  // namespace

WantedGenomes wanted_genomes(const EvolutionParams& params, const FitnessOf& fitness) {
  constexpr double kCrossover = 0.95;
  constexpr double kCrossoverIndex = 10;  // of real genes, as the next; there are none
  constexpr double kMutationIndex = 50;
  const double mutation = 1 / static_cast<double>(params.values.size());
  pagmo::nsga2 algorithm(params.generations, kCrossover, kCrossoverIndex, mutation, kMutationIndex,
                         params.seed);
  Inquiry inquiry{params, fitness};
  algorithm.set_bfe(pagmo::bfe(Measurement{&inquiry}));
  try {
    algorithm.evolve(first_generation(inquiry));
  } catch (const Unknown& unknown) {
    return unknown.wanted;
  }
  return {};
}

}  // namespace airnn::by_pagmo
