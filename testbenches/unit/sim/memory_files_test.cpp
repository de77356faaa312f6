// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "hw/memory/ddr3/ddr3_energy.h"
#include "hw/sim/memory_table.h"
#include "sw/config/config_document.h"
#include "testbenches/support/source_path.h"
#include "testbenches/unit/memory/ddr3/data_sheets.h"

namespace airnn::test {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(source_path("configs/memory"));

MemoryModel load(const std::filesystem::path& path) {
  const ConfigReader reader = ConfigDocument::load(path.string()).reader();
  MemoryModel model = read_memory_config(reader);
  reader.finish();
  return model;
}

TEST(MemoryFiles, AreAllConsistent) {
  int parts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    SCOPED_TRACE(entry.path().filename().string());
    MemoryModel memory;
    ASSERT_NO_THROW(memory = load(entry.path()));
    if (memory.channel) {
      EXPECT_TRUE(inconsistencies(memory.channel->part).empty());
      ++parts;
    }
  }
  EXPECT_GE(parts, 8);
}

struct Bin {
  std::uint64_t rate;  ///< of the bus, MT/s
  double tck_ns;       ///< what the file rounds to picoseconds
};
Bin bin_of(const Ddr3TimingParams& timing) {
  for (const Bin& bin : {Bin{800, 2.5}, Bin{1066, 1.875}, Bin{1333, 1.5}, Bin{1600, 1.25},
                         Bin{1866, 15.0 / 14}, Bin{2133, 15.0 / 16}}) {
    if (std::abs(bin.tck_ns * 1000 - static_cast<double>(timing.tck_ps)) < 1) {
      return bin;
    }
  }
  return {};
}

std::uint64_t gigabits(const Ddr3Geometry& geometry) {
  return geometry.capacity_bytes() * 8 / (geometry.ranks * geometry.devices_per_rank()) >> 30;
}

/// "ddr3_4gb_x8_1600" says what is in it.
TEST(MemoryFiles, AreNamedAfterDensityWidthAndRate) {
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const MemoryModel memory = load(entry.path());
    if (!memory.channel) {
      continue;
    }
    const Ddr3Geometry& geometry = memory.channel->part.geometry;
    EXPECT_EQ(entry.path().stem().string(),
              "ddr3_" + std::to_string(gigabits(geometry)) + "gb_x" +
                  std::to_string(geometry.device_width_bits) + "_" +
                  std::to_string(bin_of(memory.channel->part.timing).rate));
  }
}

/// No cycle count is shorter than the time it stands for, and none is needlessly long.
TEST(MemoryFiles, RoundTimesOfTheStandardUp) {
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    SCOPED_TRACE(entry.path().filename().string());
    const MemoryModel memory = load(entry.path());
    if (!memory.channel) {
      continue;
    }
    const Ddr3Part& part = memory.channel->part;
    const Ddr3TimingParams& t = part.timing;
    const auto cycles = [&t](double ns) {
      return static_cast<Cycle>(std::ceil(ns / bin_of(t).tck_ns - 1e-6));
    };
    EXPECT_EQ(t.wr, cycles(15));
    EXPECT_EQ(t.wtr, std::max<Cycle>(4, cycles(7.5)));
    EXPECT_EQ(t.rtp, std::max<Cycle>(4, cycles(7.5)));
    const std::uint64_t size = gigabits(part.geometry);
    EXPECT_EQ(t.rfc, cycles(size == 1 ? 110 : size == 2 ? 160 : 260));
    EXPECT_EQ(t.refi, static_cast<Cycle>(7800000 / t.tck_ps)) << "at most 7.8 us";
  }
}

TEST(MemoryFiles, TheDefaultIsThePartOfTheReference) {
  const Ddr3ChannelParams params = *load(kFolder / "ddr3_4gb_x8_1600.yaml").channel;
  const Ddr3Part due = reference_part();
  EXPECT_EQ(params.part.geometry.capacity_bytes(), std::uint64_t{4} << 30);
  const Ddr3TimingParams& t = params.part.timing;
  const Ddr3TimingParams& d = due.timing;
  EXPECT_EQ(t.tck_ps, d.tck_ps);
  EXPECT_EQ((std::vector<Cycle>{t.cl, t.cwl, t.rcd, t.rp, t.ras, t.rc, t.ccd, t.rrd, t.faw}),
            (std::vector<Cycle>{d.cl, d.cwl, d.rcd, d.rp, d.ras, d.rc, d.ccd, d.rrd, d.faw}));
  EXPECT_EQ((std::vector<Cycle>{t.wtr, t.wr, t.rtp, t.rfc, t.refi, t.xs, t.read_to_write()}),
            (std::vector<Cycle>{6, 12, 6, 208, 6240, 216, 9}));
  const Ddr3Energy energy = ddr3_energy(params.part);
  const Ddr3Energy same = ddr3_energy(due);
  EXPECT_EQ(energy.activate_pj, same.activate_pj);
  EXPECT_EQ(energy.read_pj, same.read_pj);
  EXPECT_EQ(energy.write_pj, same.write_pj);
  EXPECT_EQ(energy.refresh_pj, same.refresh_pj);
  EXPECT_EQ(energy.active_standby_pj, same.active_standby_pj);
  EXPECT_EQ(energy.precharge_standby_pj, same.precharge_standby_pj);
  EXPECT_EQ(energy.self_refresh_pj, same.self_refresh_pj);
}

}  // namespace
}  // namespace airnn::test
