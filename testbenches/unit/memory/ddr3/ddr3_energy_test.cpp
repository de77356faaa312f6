// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_energy.h"

#include <gtest/gtest.h>

#include "testbenches/unit/memory/ddr3/data_sheets.h"

namespace airnn::test {
namespace {

TEST(Ddr3Energy, GivesTheEightFiguresOfThePowerNote) {
  const Ddr3Part part = power_note_part();
  const Ddr3Energy energy = ddr3_energy(part);
  // pJ of eight devices in so many tCK as mW of one.
  const auto milliwatt = [](double pj, Cycle cycles) {
    return pj / 8 / (static_cast<double>(cycles) * 1.25);
  };
  EXPECT_NEAR(milliwatt(energy.precharge_power_down_pj, 1), 52.5, 0.05);
  EXPECT_NEAR(milliwatt(energy.precharge_standby_pj, 1), 63.0, 0.05);
  EXPECT_NEAR(milliwatt(energy.active_power_down_pj, 1), 60.0, 0.05);
  EXPECT_NEAR(milliwatt(energy.active_standby_pj, 1), 67.5, 0.05);
  EXPECT_NEAR(milliwatt(energy.activate_pj, part.timing.rc), 76.2, 0.05);
  EXPECT_NEAR(milliwatt(energy.read_pj, 4), 202.5, 0.05);
  EXPECT_NEAR(milliwatt(energy.write_pj, 4), 210.0, 0.05);
  EXPECT_NEAR(milliwatt(energy.refresh_pj, part.timing.refi), 5.2, 0.05);
}

struct RankRow {
  const char* part;
  double activate_nj;
  double read_nj;
  double write_nj;
  double refresh_nj;
  double standby_w;
};

TEST(Ddr3Energy, OfRanksOf64Bits) {
  for (const RankRow& row : {RankRow{"1Gb x8 1600 G", 14.25, 5.70, 6.00, 165.0, .54},
                             RankRow{"1Gb x8 1600 G mu", 14.38, 4.94, 5.01, 152.3, .44},
                             RankRow{"2Gb x16 1600 D", 18.75, 6.75, 7.05, 163.2, .27},
                             RankRow{"1Gb x16 1600 E", 7.09, 3.75, 4.05, 75.9, .33},
                             RankRow{"1Gb x16 1066 G", 9.91, 4.28, 4.95, 76.4, .27}}) {
    SCOPED_TRACE(row.part);
    const Ddr3Part part = published_part(row.part);
    const Ddr3Energy energy = ddr3_energy(part);
    EXPECT_NEAR(energy.activate_pj / 1000, row.activate_nj, 0.006);
    EXPECT_NEAR(energy.read_pj / 1000, row.read_nj, 0.006);
    EXPECT_NEAR(energy.write_pj / 1000, row.write_nj, 0.006);
    EXPECT_NEAR(energy.refresh_pj / 1000, row.refresh_nj, 0.06);
    EXPECT_NEAR(energy.active_standby_pj / static_cast<double>(part.timing.tck_ps), row.standby_w,
                0.005);
  }
}

struct PeerRow {
  std::uint64_t act, rd, wr, ref;
  double act_nj, rd_nj, wr_nj, ref_nj;
};

TEST(Ddr3Energy, OfTheCommandsOfOtherSimulators) {
  const Ddr3Energy energy = ddr3_energy(reference_part());
  for (const PeerRow& row : {PeerRow{87, 10000, 0, 5, 856.2, 64260.0, 0, 2765.9},
                             PeerRow{10000, 10000, 0, 64, 98415.0, 64260.0, 0, 35403.3},
                             PeerRow{10015, 10000, 0, 9, 98562.6, 64260.0, 0, 4978.6},
                             PeerRow{132, 7500, 2496, 6, 1299.1, 48195.0, 11726.2, 3319.1},
                             PeerRow{151, 7500, 2500, 7, 1486.1, 48195.0, 11745.0, 3872.2},
                             PeerRow{603, 10000, 0, 6, 5934.4, 64260.0, 0, 3319.1},
                             PeerRow{91, 10000, 0, 12, 895.6, 64260.0, 0, 6638.1}}) {
    const auto nanojoule = [](std::uint64_t count, double pj) {
      return static_cast<double>(count) * pj / 1000;
    };
    EXPECT_NEAR(nanojoule(row.act, energy.activate_pj), row.act_nj, 0.06);
    EXPECT_NEAR(nanojoule(row.rd, energy.read_pj), row.rd_nj, 0.06);
    EXPECT_NEAR(nanojoule(row.wr, energy.write_pj), row.wr_nj, 0.06);
    EXPECT_NEAR(nanojoule(row.ref, energy.refresh_pj), row.ref_nj, 0.06);
  }
}

TEST(Ddr3Energy, GrowsWithDevicesOfARank) {
  Ddr3Part part = reference_part();
  const Ddr3Energy eight = ddr3_energy(part);
  part.geometry.device_width_bits = 16;
  const Ddr3Energy four = ddr3_energy(part);
  EXPECT_DOUBLE_EQ(four.activate_pj * 2, eight.activate_pj);
  EXPECT_DOUBLE_EQ(four.self_refresh_pj * 2, eight.self_refresh_pj);
  EXPECT_DOUBLE_EQ(eight.self_refresh_pj, 8 * 1.35 * 20 * 1.25);
}

}  // namespace
}  // namespace airnn::test
