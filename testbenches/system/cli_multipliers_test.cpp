// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class CliMultipliers : public CliTest {
 protected:
  CliMultipliers() {
    write("m.yaml",
          "name: ours\nsource: a page\nmultipliers:\n"
          "  exact: {formula: exact}\n"
          "  bam_2_8: {formula: bam, rows: 2, columns: 8}\n"
          "  log: {formula: mitchell, relative_energy: 0.5, source: a synthesis}\n");
  }
  void add(const std::string& multiplier) const {
    write("m.yaml", bytes_of("m.yaml") + "  " + multiplier + "\n");
  }
};

TEST_F(CliMultipliers, ShowsErrorsEnergyAndFronts) {
  EXPECT_EQ(
      good({"multipliers", "m.yaml"}),
      "ours: a page\n"
      "multiplier  is         CRC-32C    MAE %   tuned  WCE %  MRE %  small  at zero  energy  "
      "by    front\n"
      "exact       exact      401d5c4a       0              0      0      0            1.000  "
      "rule  MAE, MRE\n"
      "bam_2_8     bam(2, 8)  c0a7546f  0.7816  0.3680   3.13  10.56  86.61            0.408  "
      "rule  MAE, MRE\n"
      "log         mitchell   c500a871  0.9253  0.4855   6.25   3.79   3.40            0.500  "
      "file  MRE\n");
}

TEST_F(CliMultipliers, ShowsThemAsADocument) {
  const Json document = Json::parse(good({"multipliers", "m.yaml", "--json"}));
  EXPECT_EQ(document["name"], "ours");
  ASSERT_EQ(document["multipliers"].size(), 3U);
  const Json& bam = document["multipliers"][1];
  EXPECT_EQ(bam["name"], "bam_2_8");
  EXPECT_EQ(bam["crc32c"], "c0a7546f");
  EXPECT_NEAR(bam["mae_percent"].get<double>(), .782, .0005);
  EXPECT_NEAR(bam["wce_percent"].get<double>(), 3.13, .005);
  EXPECT_NEAR(bam["mre_percent"].get<double>(), 10.6, .05);
  EXPECT_GT(bam["small_mre_percent"].get<double>(), bam["mre_percent"].get<double>());
  EXPECT_NEAR(bam["relative_energy"].get<double>(), .408, .0005);
  EXPECT_EQ(bam["zero_preserving"], true);
  EXPECT_EQ(bam["on_front"], true);
  EXPECT_EQ(bam["weights_remapped"], 219);
  EXPECT_EQ(document["multipliers"][2]["source"], "a synthesis");
  EXPECT_EQ(document["multipliers"][2]["on_front"], false);
}

TEST_F(CliMultipliers, ShowsTheProjectsOwn) {
  const std::string own = good({"multipliers"});
  EXPECT_EQ(own, good({"multipliers", "formulas"}));
  EXPECT_EQ(own, good({"multipliers", source_path("configs/multipliers/formulas.yaml")}));
  EXPECT_THAT(own, HasSubstr("\ntrunc_8     trunc(8)    63c848c1"));
}

TEST_F(CliMultipliers, WritesATableThatIsReadAgain) {
  EXPECT_EQ(good({"multipliers", "m.yaml", "--export", "log", "-o", "t.bin"}),
            "t.bin: log, mitchell, CRC-32C c500a871\n");
  EXPECT_EQ(bytes_of("t.bin").size(), 131072U);
  add("again: {table: t.bin, crc32c: c500a871, relative_energy: 0.25}");
  EXPECT_THAT(good({"multipliers", "m.yaml"}),
              HasSubstr("again       t.bin      c500a871  0.9253"));
  good({"multipliers", "m.yaml", "--export", "again", "-o", "u.bin"});
  EXPECT_TRUE(bytes_of("t.bin") == bytes_of("u.bin"));
  good({"multipliers", "--export", "mitchell", "-o", "v.bin"});
  EXPECT_TRUE(bytes_of("t.bin") == bytes_of("v.bin"));
}

TEST_F(CliMultipliers, RefusesOptionsThatDoNotFit) {
  expect_refused({"multipliers", "m.yaml", "--export", "lag", "-o", "t.bin"},
                 "m.yaml: there is no multiplier 'lag'; did you mean 'log'?");
  expect_refused({"multipliers", "m.yaml", "--export", "log"}, "--export: needs --output");
  expect_refused({"multipliers", "m.yaml", "-o", "t.bin"}, "--output: needs --export");
  expect_refused({"multipliers", "m.yaml", "--json", "--export", "log", "-o", "t.bin"},
                 "--json: has no meaning with --export");
  expect_refused({"multipliers", "m.yaml", "--export", "log", "-o", "no/t.bin"}, "--output: ");
  expect_refused({"multipliers", "m.yaml", "--export", "log", "-o", "m.yaml"}, "--output: ");
  expect_refused({"multipliers", "formula"}, "did you mean 'formulas'?");
  expect_refused({"multipliers", "n.yaml"}, "n.yaml: cannot be read: No such file");
}

TEST_F(CliMultipliers, RefusesAFileWithALineForWhatIsWrong) {
  const std::string good_file = bytes_of("m.yaml");
  const auto refused = [&](const std::string& multiplier, const std::string& message) {
    write("m.yaml", good_file);
    add(multiplier);
    expect_refused({"multipliers", "m.yaml"}, message);
  };
  refused("a: {formula: orc, columns: 8}", "m.yaml:7: multipliers.a.relative_energy: ");
  refused("a: {formula: exact, relative_energy: -1}", "m.yaml:7: multipliers.a.relative_energy: ");
  refused("a: {formula: exact, relative_energy: 2.5}", "expected a number from 0.0 to 2.0");
  refused("a: {formula: drum, bits: 9, relative_energy: 1}", "an integer from 1 to 8, found '9'");
  refused("a: {formula: udm, levels: -1, relative_energy: 1}", "an integer from 0 to 4");
  refused("a: {table: m.yaml, relative_energy: 1}",
          "m.yaml: expected a table of 131072 bytes (256 times 256 products of two bytes), found ");
  refused("a: {table: no.bin, relative_energy: 1}", "no.bin: cannot be read: No such file");
  good({"multipliers", "--export", "exact", "-o", "t.bin"});
  refused("a: {table: t.bin, crc32c: 401d5c4b, relative_energy: 1}",
          "m.yaml:7: multipliers.a.table: t.bin: another table: expected the CRC-32C 401d5c4b, "
          "found 401d5c4a");
  write("m.yaml", "multipliers: {}\n");
  expect_refused({"multipliers", "m.yaml"}, "m.yaml:1: multipliers: expected one multiplier");
}

}  // namespace
}  // namespace airnn::test
