// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/evolution.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace airnn::test {
namespace {

using Known = std::map<Genome, Fitness>;

/// Two objectives that want different values of the first gene, and the same of the others.
Fitness measure(const Genome& genome) {
  const auto first = static_cast<double>(genome[0]);
  const double others = static_cast<double>(genome[1]) + (genome[2] == 1 ? 0 : 1);
  return {first + others, 7 - first + others};
}

FitnessOf lookup(const Known& known) {
  return [&known](const Genome& genome) {
    const auto found = known.find(genome);
    return found == known.end() ? nullptr : &found->second;
  };
}

struct Evolved {
  std::vector<std::vector<Genome>> asked;
  Known known;
};

Evolved evolve(const EvolutionParams& params) {
  Evolved run;
  std::size_t before = 0;
  for (WantedGenomes wanted = wanted_genomes(params, lookup(run.known)); !wanted.genomes.empty();
       wanted = wanted_genomes(params, lookup(run.known))) {
    EXPECT_GT(wanted.generation, before);
    before = wanted.generation;
    for (const Genome& genome : wanted.genomes) {
      EXPECT_TRUE(run.known.emplace(genome, measure(genome)).second) << "is known";
    }
    run.asked.push_back(wanted.genomes);
  }
  EXPECT_LE(before, params.generations + 1);
  return run;
}

TEST(Evolution, FindsTheFrontOfASmallSpace) {
  EvolutionParams params;
  params.values = {8, 8, 3};
  params.generations = 20;
  const Evolved run = evolve(params);
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_EQ(run.known.count({i, 0, 1}), 1U) << i;
  }
  EXPECT_LT(run.known.size(), 8U * 8U * 3U) << "without looking at everything";
}

TEST(Evolution, SeedDecidesWhatIsAskedFor) {
  EvolutionParams params;
  params.values = {8, 8, 3};
  params.generations = 4;
  const Evolved run = evolve(params);
  EXPECT_EQ(evolve(params).asked, run.asked);
  params.seed = 2;
  EXPECT_NE(evolve(params).asked, run.asked);
}

TEST(Evolution, FirstGenerationHasDifferentGenomesInTheirBounds) {
  EvolutionParams params;
  params.values = {2, 5, 4};
  const WantedGenomes first = wanted_genomes(params, [](const Genome&) { return nullptr; });
  EXPECT_EQ(first.generation, 1U);
  EXPECT_EQ(first.genomes.size(), params.population);
  EXPECT_EQ(std::set<Genome>(first.genomes.begin(), first.genomes.end()).size(), params.population);
  for (const Genome& genome : first.genomes) {
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_LT(genome[i], params.values[i]);
    }
  }
}

TEST(Evolution, ASpaceSmallerThanItsPopulationIsAskedForOnce) {
  EvolutionParams params;
  params.values = {2, 2};
  params.objectives = 2;
  const FitnessOf none = [](const Genome&) { return nullptr; };
  EXPECT_EQ(wanted_genomes(params, none).genomes.size(), 4U);
}

}  // namespace
}  // namespace airnn::test
