// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/common/cycle.h"

namespace airnn {

/// What a channel is built of: `ranks` of devices side by side on a 64-bit data bus.
struct Ddr3Geometry {
  std::uint32_t ranks = 1;
  std::uint32_t device_width_bits = 8;  ///< x8 or x16
  std::uint32_t banks = 8;              ///< of a device
  std::uint32_t rows = 65536;           ///< of a bank
  std::uint32_t columns = 1024;         ///< of a row, each 64 bit across the rank

  std::uint32_t devices_per_rank() const { return 64 / device_width_bits; }
  std::uint64_t row_bytes() const { return std::uint64_t{columns} * 8; }
  std::uint64_t capacity_bytes() const { return std::uint64_t{ranks} * banks * rows * row_bytes(); }
};

/// Timing parameters of a speed grade (JESD79-3), in tCK but for the period itself. The burst is 8
/// words long (BL8), four tCK on the bus.
struct Ddr3TimingParams {
  std::uint64_t tck_ps = 1250;
  Cycle cl = 11;      ///< RD to first data
  Cycle cwl = 8;      ///< WR to first data
  Cycle rcd = 11;     ///< ACT to RD or WR
  Cycle rp = 11;      ///< PRE to ACT
  Cycle ras = 28;     ///< ACT to PRE
  Cycle rc = 39;      ///< ACT to ACT of the same bank
  Cycle ccd = 4;      ///< RD to RD, WR to WR
  Cycle rrd = 5;      ///< ACT to ACT of another bank
  Cycle faw = 24;     ///< any five ACT of a rank span more than this
  Cycle wtr = 6;      ///< end of write data to RD
  Cycle wr = 12;      ///< end of write data to PRE
  Cycle rtp = 6;      ///< RD to PRE
  Cycle rfc = 208;    ///< REF to ACT or REF
  Cycle refi = 6240;  ///< average distance of REF
  Cycle xp = 6;       ///< end of power-down to the next command
  Cycle cke = 4;      ///< shortest power-down, shortest time between two
  Cycle xs = 216;     ///< end of self-refresh to a command that needs no DLL
  Cycle xsdll = 512;  ///< end of self-refresh to RD or WR
  Cycle ckesr = 5;    ///< shortest self-refresh
  Cycle rtrs = 2;     ///< gap on the data bus when another rank takes it over

  static constexpr Cycle kBurst = 4;  ///< BL/2
  /// RD to WR of the same rank: the bus turns around.
  Cycle read_to_write() const { return cl + ccd + 2 - cwl; }
};

/// Currents of one device in mA (data sheet, IDD measurement loops) and its supply in V. Power-down
/// is precharge power-down with fast exit.
struct Ddr3Currents {
  double vdd = 1.5;
  double idd0 = 0;   ///< one bank, ACT to PRE
  double idd2n = 0;  ///< precharge standby
  double idd2p = 0;  ///< precharge power-down
  double idd3n = 0;  ///< active standby
  double idd3p = 0;  ///< active power-down
  double idd4r = 0;  ///< read bursts
  double idd4w = 0;  ///< write bursts
  double idd5 = 0;   ///< refresh bursts
  double idd6 = 0;   ///< self-refresh
};

struct Ddr3Part {
  std::string name;
  Ddr3Geometry geometry;
  Ddr3TimingParams timing;
  Ddr3Currents currents;
};

/// A relation of the data sheet that a part does not keep.
struct Ddr3Inconsistency {
  std::string key;   ///< of the parameter to look at, as in a memory file, e.g. "timing.rc"
  std::string what;  ///< "tRC (39) must be tRAS + tRP (28 + 11 = 39)"
};

/// Everything in a part that cannot be; empty if it is consistent.
std::vector<Ddr3Inconsistency> inconsistencies(const Ddr3Part& part);

}  // namespace airnn
