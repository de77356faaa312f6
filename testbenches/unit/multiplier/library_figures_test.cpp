// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/library_figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "testbenches/support/source_path.h"
#include "testbenches/support/temporary_file.h"

namespace airnn {
namespace {

std::vector<MultiplierFigures> figures_of(const std::string& multipliers) {
  const test::TemporaryFile file("multipliers:\n" + multipliers, ".yaml");
  return library_figures(MultiplierLibrary::read(file.path()));
}

TEST(LibraryFigures, HaveOnTheFrontWhatNothingIsBetterThan) {
  const std::vector<MultiplierFigures> all = figures_of(
      "  exact: {formula: exact}\n"
      "  dear: {formula: exact, relative_energy: 1.5}\n"
      "  good: {formula: trunc, columns: 6}\n"
      "  same: {formula: bam, rows: 0, columns: 6}\n"
      "  worse: {formula: trunc, columns: 7, relative_energy: 0.8}\n"
      // Its mean error is larger than that of good, its relative error smaller.
      "  log: {formula: roba, relative_energy: 0.75}\n"
      "  cheap: {formula: trunc, columns: 15}\n");
  std::string front;
  for (const MultiplierFigures& one : all) {
    front += one.multiplier.name + (one.on_front ? " 1" : " 0") +
             (one.on_relative_front ? "1, " : "0, ");
  }
  EXPECT_EQ(front, "exact 11, dear 00, good 11, same 11, worse 00, log 00, cheap 11, ");
}

TEST(LibraryFigures, TellRelativeErrorsFromOthers) {
  const std::vector<MultiplierFigures> all = figures_of(
      "  cut: {formula: trunc, columns: 8, relative_energy: 0.5}\n"
      "  log: {formula: mitchell, relative_energy: 0.6}\n");
  EXPECT_TRUE(all[0].on_front && all[0].on_relative_front);
  EXPECT_FALSE(all[1].on_front);
  EXPECT_TRUE(all[1].on_relative_front);
}

/// What is printed of each of the library's multipliers.
struct Published {
  std::string name;
  double power_mw = 0;
  std::string mae_percent;
  std::string wce_percent;
  int weights_remapped = 0;
  std::string ratio;
  std::string crc32c;
};

std::vector<Published> published() {
  std::ifstream file(source_path("testbenches/cases/evoapprox_library.csv"));
  std::vector<Published> all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    std::vector<std::string> cell(9);
    for (std::string& text : cell) {
      std::getline(cells, text, ',');
    }
    all.push_back(
        {cell[0], std::stod(cell[1]), cell[4], cell[5], std::stoi(cell[6]), cell[7], cell[8]});
  }
  return all;
}

TEST(EvoApprox, HasThePowerOfTheExactMultiplierAsItsMeasure) {
  const MultiplierLibrary library =
      MultiplierLibrary::read(source_path("configs/multipliers/evoapprox.yaml"));
  const std::vector<Published> all = published();
  ASSERT_EQ(all.size(), 36U);
  ASSERT_EQ(library.multipliers().size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Multiplier& one = library.multipliers()[i];
    EXPECT_EQ(one.name, all[i].name);
    EXPECT_NEAR(one.relative_energy, all[i].power_mw / all[0].power_mw, 1e-7) << one.name;
  }
}

/// As many decimals as were printed are right.
void expect_printed(double found, const std::string& printed) {
  const std::size_t point = printed.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : printed.size() - point - 1;
  EXPECT_NEAR(found, std::stod(printed), 0.501 * std::pow(0.1, decimals));
}

TEST(EvoApprox, HasTheErrorsThatAreKnownOfAllItsTables) {
  if (std::getenv("AIRNN_DATA") == nullptr) {
    GTEST_SKIP() << "AIRNN_DATA is not set; scripts/fetch-data gets the data sets";
  }
  const std::vector<MultiplierFigures> figures =
      library_figures(MultiplierLibrary::read(source_path("configs/multipliers/evoapprox.yaml")));
  const std::vector<Published> all = published();
  ASSERT_EQ(figures.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    SCOPED_TRACE(all[i].name);
    const MultiplierFigures& found = figures[i];
    EXPECT_EQ(found.crc32c, std::stoul(all[i].crc32c, nullptr, 16));
    expect_printed(found.errors.mae_percent, all[i].mae_percent);
    expect_printed(found.errors.wce_percent, all[i].wce_percent);
    EXPECT_EQ(found.weights_remapped, all[i].weights_remapped);
    if (all[i].ratio != "-") {
      expect_printed(found.tuned_mae_percent / found.errors.mae_percent, all[i].ratio);
    }
    const bool is_wrong_at_zero =
        all[i].name == "mul8u_2P7" || all[i].name == "mul8u_2AC" || all[i].name == "mul8u_2HH";
    EXPECT_EQ(found.zero_preserving, !is_wrong_at_zero);
    EXPECT_EQ(found.errors.wrong_at_zero, !is_wrong_at_zero            ? 0
                                          : all[i].name == "mul8u_2P7" ? 128
                                                                       : 512);
  }
}

TEST(Formulas, OfTheProjectAreAllThere) {
  const std::vector<MultiplierFigures> figures =
      library_figures(MultiplierLibrary::read(source_path("configs/multipliers/formulas.yaml")));
  EXPECT_EQ(figures.front().multiplier.name, "exact");
  for (const MultiplierFigures& one : figures) {
    EXPECT_TRUE(one.zero_preserving) << one.multiplier.name;
    EXPECT_LE(one.multiplier.relative_energy, 1) << one.multiplier.name;
  }
}

}  // namespace
}  // namespace airnn
