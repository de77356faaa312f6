// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/family/families.h"

#include <gtest/gtest.h>

#include <cmath>

#include "testbenches/unit/multiplier/multiplier_testing.h"

namespace airnn {
namespace {

using test::family;
using test::table_of;

struct Known {
  std::string family;
  FamilyValues values;
  std::uint32_t crc32c;
};

void PrintTo(const Known& known, std::ostream* stream) {
  *stream << family(known.family).text(known.values);
}

class KnownMultiplier : public testing::TestWithParam<Known> {};

/// Checksums that an independent program computed.
TEST_P(KnownMultiplier, HasTheTableThatWasComputedElsewhere) {
  EXPECT_EQ(table_of(GetParam().family, GetParam().values).crc32c(), GetParam().crc32c);
}

INSTANTIATE_TEST_SUITE_P(
    Families, KnownMultiplier,
    testing::Values(Known{"exact", {}, 0x401d5c4a}, Known{"trunc", {4}, 0xee8e9452},
                    Known{"trunc", {6}, 0x5ddd0699}, Known{"trunc", {8}, 0x63c848c1},
                    Known{"bam", {2, 8}, 0xc0a7546f}, Known{"mask", {1, 1}, 0xa1c96f34},
                    Known{"mask", {0, 4}, 0xd34efdff}, Known{"mask", {4, 4}, 0xfa473547},
                    Known{"orc", {8}, 0x4d0c41bf}, Known{"drum", {4}, 0xde50a7a4},
                    Known{"mitchell", {}, 0xc500a871}));

TEST(Families, PreserveZeroAndFitIn16BitsForAllParameters) {
  for (const MultiplierFamily& one : multiplier_families()) {
    FamilyValues values;
    for (const FamilyParameter& parameter : one.parameters) {
      values.push_back(parameter.min);
    }
    // The parameters count up as digits of a number do.
    for (bool more = true; more;) {
      EXPECT_TRUE(table_of(one.name, values).zero_preserving()) << one.text(values);
      more = false;
      for (std::size_t i = 0; i < values.size() && !more; ++i) {
        more = values[i] < one.parameters[i].max;
        values[i] = more ? values[i] + 1 : one.parameters[i].min;
      }
    }
  }
}

TEST(Families, AreEachOtherWhereTheirFormulasSaySo) {
  EXPECT_EQ(table_of("trunc", {8}), table_of("bam", {1, 8}));
  EXPECT_FALSE(table_of("trunc", {8}) == table_of("bam", {2, 8}));
  for (int columns = 0; columns <= 15; ++columns) {
    const ProductTable truncated = table_of("trunc", {columns});
    for (int rows = 0; rows <= std::max(columns - 7, 0); ++rows) {
      EXPECT_EQ(truncated, table_of("bam", {rows, columns})) << rows << ", " << columns;
    }
  }
  for (int bits = 0; bits <= 8; ++bits) {
    EXPECT_EQ(table_of("mask", {0, bits}), table_of("bam", {bits, 0})) << bits;
  }
  EXPECT_EQ(table_of("orc", {2}), table_of("udm", {1}));
  EXPECT_FALSE(table_of("orc", {3}) == table_of("udm", {1}));
}

TEST(Families, AreExactWhereNothingIsLeftOut) {
  const ProductTable exact = table_of("exact", {});
  EXPECT_EQ(table_of("trunc", {0}), exact);
  EXPECT_EQ(table_of("bam", {0, 1}), table_of("trunc", {1}));
  EXPECT_EQ(table_of("mask", {0, 0}), exact);
  EXPECT_EQ(table_of("orc", {1}), exact);  // of one cell
  EXPECT_EQ(table_of("drum", {8}), exact);
  EXPECT_EQ(table_of("ssm", {8}), exact);
  EXPECT_EQ(table_of("udm", {0}), exact);
}

TEST(Families, ComputeWhatTheirPublicationsSay) {
  // Rounded to powers of two: 6 becomes 8, 5 becomes 4; what is lost is (6 - 8) * (5 - 4).
  EXPECT_EQ(table_of("roba", {}).at(6, 5), 32);
  EXPECT_EQ(table_of("roba", {}).at(64, 251), 64 * 251);
  EXPECT_EQ(table_of("roba", {}).at(3, 5), 14);     // 3 becomes 2
  EXPECT_EQ(table_of("roba", {}).at(12, 12), 128);  // 12 becomes 16
  // Segments of four bits: 15 is in the low one, 16 + 15 in the high one.
  EXPECT_EQ(table_of("ssm", {4}).at(15, 31), 15 * 16);
  EXPECT_EQ(table_of("ssm", {5}).at(15, 31), 15 * 31);
  EXPECT_EQ(table_of("udm", {4}).at(255, 255), 7 * 85 * 85);
  EXPECT_EQ(table_of("udm", {2}).at(255, 255), 255 * 255 - 2 * 25);
  EXPECT_EQ(table_of("drum", {3}).at(0b10010110, 1), 0b10100000);
  EXPECT_EQ(table_of("mitchell", {}).at(3, 3), 8);  // (1 + 1/2 + 1/2 - 1) * 2^3
}

TEST(Families, HaveAnEnergyWhereASourceGivesOne) {
  for (const MultiplierFamily& one : multiplier_families()) {
    const bool is_array =
        one.name == "exact" || one.name == "trunc" || one.name == "bam" || one.name == "mask";
    EXPECT_EQ(one.relative_energy != nullptr, is_array) << one.name;
  }
}

double energy(const std::string& name, const FamilyValues& values) {
  return family(name).relative_energy(values);
}

TEST(Families, FollowTheRuleOfEnergy) {
  constexpr double kAsPrinted = 0.0005;
  EXPECT_EQ(energy("exact", {}), 1);
  EXPECT_NEAR(energy("trunc", {4}), .893, kAsPrinted);
  EXPECT_NEAR(energy("trunc", {6}), .727, kAsPrinted);
  EXPECT_NEAR(energy("trunc", {8}), .436, kAsPrinted);
  EXPECT_NEAR(energy("bam", {2, 8}), .408, kAsPrinted);
  EXPECT_NEAR(energy("mask", {1, 1}), .699, kAsPrinted);
  EXPECT_NEAR(energy("mask", {0, 4}), .395, kAsPrinted);
  EXPECT_NEAR(energy("mask", {4, 4}), .156, kAsPrinted);
}

TEST(Families, NeedLessEnergyTheMoreIsLeftOut) {
  EXPECT_EQ(energy("trunc", {0}), 1);
  EXPECT_EQ(energy("bam", {0, 0}), 1);
  EXPECT_EQ(energy("mask", {0, 0}), 1);
  EXPECT_EQ(energy("trunc", {15}), 0);
  EXPECT_EQ(energy("bam", {8, 0}), 0);
  EXPECT_EQ(energy("mask", {8, 3}), 0);
  for (int columns = 1; columns <= 15; ++columns) {
    EXPECT_LE(energy("trunc", {columns}), energy("trunc", {columns - 1})) << columns;
    EXPECT_EQ(energy("trunc", {columns}), energy("bam", {0, columns})) << columns;
  }
  for (int rows = 1; rows <= 8; ++rows) {
    EXPECT_LT(energy("bam", {rows, 4}), energy("bam", {rows - 1, 4})) << rows;
  }
}

}  // namespace
}  // namespace airnn
