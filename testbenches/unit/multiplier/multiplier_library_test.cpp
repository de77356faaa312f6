// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/multiplier_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "sw/format/errors.h"
#include "testbenches/support/scratch_folder.h"
#include "testbenches/unit/multiplier/multiplier_testing.h"

namespace airnn {
namespace {

using test::table_of;
using testing::HasSubstr;

/// A folder with a file of multipliers, and tables beside it.
class MultiplierLibraryTest : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }

  MultiplierLibrary read(const std::string& multipliers) const {
    std::ofstream(path("m.yaml")) << "multipliers:\n" << multipliers;
    return MultiplierLibrary::read(path("m.yaml"));
  }
  void write(const std::string& name, const std::vector<std::uint8_t>& bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  void pack(const std::string& name, const std::vector<std::uint8_t>& bytes) const {
    gzFile stream = gzopen(path(name).c_str(), "wb");
    gzwrite(stream, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(stream);
  }
  /// What reading the multipliers, and opening the table of the first, is refused with.
  std::string refusal(const std::string& multipliers) const {
    try {
      read(multipliers).multipliers().front().table();
    } catch (const UserError& error) {
      return error.what();
    }
    return "<accepted>";
  }

 private:
  test::ScratchFolder folder_;
};

TEST_F(MultiplierLibraryTest, ReadsFormulasInTheOrderOfTheFile) {
  const MultiplierLibrary library = read(
      "  cut: {formula: bam, rows: 2, columns: 8}\n"
      "  exact: {formula: exact}\n"
      "  ours: {formula: drum, bits: 4, relative_energy: 0.4, source: a synthesis}\n");
  EXPECT_EQ(library.names(), (std::vector<std::string>{"cut", "exact", "ours"}));
  const Multiplier& cut = library.at("cut");
  EXPECT_EQ(cut.description, "bam(2, 8)");
  EXPECT_EQ(cut.table(), table_of("bam", {2, 8}));
  EXPECT_NEAR(cut.relative_energy, .408, .0005);
  EXPECT_TRUE(cut.energy_by_rule);
  EXPECT_EQ(library.at("exact").relative_energy, 1);
  const Multiplier& ours = library.at("ours");
  EXPECT_EQ(ours.relative_energy, .4);
  EXPECT_FALSE(ours.energy_by_rule);
  EXPECT_EQ(ours.source, "a synthesis");
  EXPECT_EQ(library.find("cut_"), nullptr);
}

TEST_F(MultiplierLibraryTest, TakesAnEnergyOverTheRule) {
  const MultiplierLibrary library = read("  t: {formula: trunc, columns: 6, relative_energy: 2}\n");
  EXPECT_EQ(library.at("t").relative_energy, 2);
  EXPECT_FALSE(library.at("t").energy_by_rule);
}

TEST_F(MultiplierLibraryTest, ReadsTablesPlainOrPacked) {
  const ProductTable table = table_of("mitchell", {});
  write("plain.bin", table.bytes());
  pack("packed.bin.gz", table.bytes());
  const MultiplierLibrary library = read(
      "  plain: {table: plain.bin, crc32c: c500a871, relative_energy: 1}\n"
      "  packed: {table: packed.bin.gz, crc32c: 'C500A871', relative_energy: 0}\n"
      "  found: {table: packed.bin, relative_energy: 0.5}\n");
  for (const Multiplier& one : library.multipliers()) {
    EXPECT_EQ(one.table(), table) << one.name;
  }
  EXPECT_EQ(library.at("found").description, "packed.bin");
}

TEST_F(MultiplierLibraryTest, OpensNoTableThatNobodyAsksFor) {
  EXPECT_EQ(read("  missing: {table: no.bin, relative_energy: 1}\n").multipliers().size(), 1U);
}

TEST_F(MultiplierLibraryTest, RefusesTablesThatAreMissingOfAnotherSizeOrOthers) {
  std::vector<std::uint8_t> bytes = table_of("exact", {}).bytes();
  write("exact.bin", bytes);
  bytes.pop_back();
  write("short.bin", bytes);
  bytes.resize(bytes.size() + 2);
  write("long.bin", bytes);
  pack("long.bin.gz", bytes);
  const auto refused = [this](const std::string& keys) {
    return refusal("  m: {" + keys + ", relative_energy: 1}\n");
  };
  EXPECT_THAT(refused("table: no.bin"), HasSubstr("m.yaml:2: multipliers.m.table: "));
  EXPECT_THAT(refused("table: no.bin"), HasSubstr("no.bin: cannot be read: No such file"));
  EXPECT_THAT(refused("table: short.bin"),
              HasSubstr("short.bin: expected a table of 131072 bytes (256 times 256 products of "
                        "two bytes), found 131071"));
  EXPECT_THAT(refused("table: long.bin"), HasSubstr("found more than 131072"));
  EXPECT_THAT(refused("table: long.bin.gz"), HasSubstr("found more than 131072"));
  EXPECT_THAT(refused("table: exact.bin, crc32c: 401d5c4b"),
              HasSubstr("another table: expected the CRC-32C 401d5c4b, found 401d5c4a"));
}

TEST_F(MultiplierLibraryTest, RefusesKeysThatAreMissingWrongOrTooMany) {
  EXPECT_THAT(refusal("  m: {formula: drum, bits: 4}\n"),
              HasSubstr("m.yaml:2: multipliers.m.relative_energy: the key is missing; expected a "
                        "number from 0.0 to 2.0, as no source gives the power of formula 'drum'"));
  EXPECT_THAT(refusal("  m: {table: a.bin}\n"),
              HasSubstr("relative_energy: the key is missing; expected a number from 0.0 to 2.0"));
  EXPECT_THAT(refusal("  m: {formula: exact, relative_energy: -0.1}\n"),
              HasSubstr("multipliers.m.relative_energy: expected a number from 0.0 to 2.0, found"));
  EXPECT_THAT(refusal("  m: {formula: exact, relative_energy: 2.01}\n"),
              HasSubstr("expected a number from 0.0 to 2.0, found '2.01'"));
  EXPECT_THAT(refusal("  m: {formula: drom}\n"), HasSubstr("did you mean 'drum'?"));
  EXPECT_THAT(refusal("  m: {formula: trunc, columns: 16}\n"),
              HasSubstr("multipliers.m.columns: expected an integer from 0 to 15, found '16'"));
  EXPECT_THAT(refusal("  m: {formula: ssm, bits: 3, relative_energy: 1}\n"),
              HasSubstr("multipliers.m.bits: expected an integer from 4 to 8, found '3'"));
  EXPECT_THAT(refusal("  m: {formula: mask, a_bits: 1}\n"), HasSubstr("'b_bits' is missing"));
  EXPECT_THAT(refusal("  m: {formula: mask, a_bits: 1, b_bits: 1, rows: 1}\n"),
              HasSubstr("unknown key 'rows'"));
  EXPECT_THAT(refusal("  m: {formula: exact, crc32c: 401d5c4a}\n"),
              HasSubstr("unknown key 'crc32c'"));
  EXPECT_THAT(refusal("  m: {relative_energy: 1}\n"),
              HasSubstr("multipliers.m.formula: expected either a formula or a table"));
  EXPECT_THAT(refusal("  m: {formula: exact, table: a.bin}\n"),
              HasSubstr("multipliers.m.table: expected either a formula or a table"));
  EXPECT_THAT(refusal("  m: {table: a.bin, crc32c: 401d5c4, relative_energy: 1}\n"),
              HasSubstr("crc32c: expected eight hexadecimal digits, found '401d5c4'"));
  EXPECT_THAT(refusal("  {}\n"), HasSubstr("multipliers: expected one multiplier at least"));
}

TEST_F(MultiplierLibraryTest, SuggestsTheNearestNameForOneThatIsNotThere) {
  const MultiplierLibrary library = read("  bam_2_8: {formula: bam, rows: 2, columns: 8}\n");
  try {
    library.at("bam_2_7");
    FAIL();
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), HasSubstr("m.yaml: there is no multiplier 'bam_2_7'; did you mean "
                                        "'bam_2_8'?"));
  }
}

}  // namespace
}  // namespace airnn
