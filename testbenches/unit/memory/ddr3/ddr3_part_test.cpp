// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/ddr3/ddr3_part.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "testbenches/unit/memory/ddr3/data_sheets.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;

std::string all(const std::vector<Ddr3Inconsistency>& found) {
  std::string text;
  for (const Ddr3Inconsistency& one : found) {
    text += one.key + ": " + one.what + "\n";
  }
  return text;
}

TEST(Ddr3Part, FindsNothingInPublishedParts) {
  EXPECT_EQ(all(inconsistencies(reference_part())), "");
  EXPECT_EQ(all(inconsistencies(power_note_part())), "");
  for (const Ddr3Part& part : published_parts()) {
    EXPECT_EQ(all(inconsistencies(part)), "") << part.name;
  }
}

TEST(Ddr3Part, FindsNothingInSpeedBins) {
  struct Bin {
    std::uint64_t tck_ps;
    Cycle cl, cwl, ras, rrd, faw, wtr, wr, rfc, refi, cke, xs;
  };
  for (const Bin& bin : {Bin{2500, 5, 5, 15, 4, 16, 4, 6, 104, 3120, 3, 108},
                         Bin{1875, 8, 6, 20, 4, 20, 4, 8, 139, 4160, 3, 145},
                         Bin{1500, 9, 7, 24, 4, 20, 5, 10, 174, 5200, 4, 181},
                         Bin{1250, 8, 8, 28, 5, 24, 6, 12, 208, 3120, 4, 216},
                         Bin{1071, 13, 9, 32, 5, 26, 7, 14, 243, 7283, 5, 253},
                         Bin{937, 14, 10, 36, 6, 27, 8, 16, 278, 8325, 6, 289}}) {
    Ddr3Part part = reference_part();
    Ddr3TimingParams& t = part.timing;
    t.tck_ps = bin.tck_ps;
    t.cl = t.rcd = t.rp = bin.cl;
    t.cwl = bin.cwl;
    t.ras = bin.ras;
    t.rc = t.ras + t.rp;
    t.rrd = bin.rrd;
    t.faw = bin.faw;
    t.wtr = t.rtp = bin.wtr;
    t.wr = bin.wr;
    t.rfc = bin.rfc;
    t.refi = bin.refi;
    t.xp = 8;
    t.cke = bin.cke;
    t.ckesr = t.cke + 1;
    t.xs = bin.xs;
    EXPECT_EQ(all(inconsistencies(part)), "") << bin.tck_ps;
  }
}

struct Damage {
  const char* key;
  const char* rule;
  std::function<void(Ddr3Part&)> make;
};

// One change each, of the reference part.
const std::vector<Damage>& damages() {
  static const std::vector<Damage> all = {
      {"geometry.ranks", "1 or 2 ranks, not 3", [](Ddr3Part& p) { p.geometry.ranks = 3; }},
      {"geometry.device_width_bits", "8 or 16 bits wide, not 4",
       [](Ddr3Part& p) {
         p.geometry.device_width_bits = 4;
         p.geometry.rows *= 2;
       }},
      {"geometry.banks", "8 banks, not 16",
       [](Ddr3Part& p) {
         p.geometry.banks = 16;
         p.geometry.rows /= 2;
       }},
      {"geometry.rows", "must be a power of two", [](Ddr3Part& p) { p.geometry.rows = 60000; }},
      {"geometry.rows", "is 256 Mbit", [](Ddr3Part& p) { p.geometry.rows = 4096; }},
      {"geometry.columns", "1024 or 2048 columns, not 512",
       [](Ddr3Part& p) {
         p.geometry.columns = 512;
         p.geometry.rows *= 2;
       }},
      {"timing.tck_ps", "tCK (900 ps)", [](Ddr3Part& p) { p.timing.tck_ps = 900; }},
      {"timing.tck_ps", "tCK (3400 ps)", [](Ddr3Part& p) { p.timing.tck_ps = 3400; }},
      {"timing.cl", "CL (12) must be from 8 to 11 at a tCK of 1250 ps",
       [](Ddr3Part& p) { p.timing.cl = 12; }},
      {"timing.cl", "CL (7)", [](Ddr3Part& p) { p.timing.cl = 7; }},
      {"timing.cwl", "CWL (7) must be 8 at a tCK of 1250 ps",
       [](Ddr3Part& p) { p.timing.cwl = 7; }},
      {"timing.rc", "tRC (40) must be tRAS + tRP (28 + 11 = 39)",
       [](Ddr3Part& p) { p.timing.rc = 40; }},
      {"timing.ras", "at least tRCD + tRTP (11 + 18 = 29)", [](Ddr3Part& p) { p.timing.rtp = 18; }},
      {"timing.ras", "tRAS (26 tCK, 32.5 ns) must be at least 1 tCK and 33 ns",
       [](Ddr3Part& p) {
         p.timing.ras = 26;
         p.timing.rc = 37;
       }},
      {"timing.rrd", "tRRD (3 tCK, 3.75 ns) must be at least 4 tCK",
       [](Ddr3Part& p) { p.timing.rrd = 3; }},
      {"timing.faw", "tFAW (19) must be at least 4 * tRRD (20)",
       [](Ddr3Part& p) { p.timing.faw = 19; }},
      {"timing.ccd", "tCCD (5) must be 4", [](Ddr3Part& p) { p.timing.ccd = 5; }},
      {"timing.wtr", "tWTR (5 tCK, 6.25 ns)", [](Ddr3Part& p) { p.timing.wtr = 5; }},
      {"timing.rtp", "tRTP (4 tCK, 5 ns)", [](Ddr3Part& p) { p.timing.rtp = 4; }},
      {"timing.wr", "tWR (11 tCK, 13.75 ns) must be at least 1 tCK and 15 ns",
       [](Ddr3Part& p) { p.timing.wr = 11; }},
      {"timing.rfc", "tRFC (39) must be more than tRC (39)",
       [](Ddr3Part& p) {
         p.timing.rfc = 39;
         p.geometry.rows = 60000;
       }},
      {"timing.rfc", "tRFC (128 tCK, 160 ns) must be at least 260 ns and less than 350 ns",
       [](Ddr3Part& p) { p.timing.rfc = 128; }},
      {"timing.rfc", "tRFC (280 tCK, 350 ns)",
       [](Ddr3Part& p) {
         p.timing.rfc = 280;
         p.timing.xs = 288;
       }},
      {"timing.refi", "tREFI (4160 tCK, 5200 ns) must be 7800 ns, or 3900 ns",
       [](Ddr3Part& p) { p.timing.refi = 4160; }},
      {"timing.refi", "tREFI (7800 tCK, 9750 ns)", [](Ddr3Part& p) { p.timing.refi = 7800; }},
      {"timing.xp", "tXP (4 tCK, 5 ns)", [](Ddr3Part& p) { p.timing.xp = 4; }},
      {"timing.cke", "tCKE (3 tCK, 3.75 ns)", [](Ddr3Part& p) { p.timing.cke = 3; }},
      {"timing.ckesr", "tCKESR (4) must be more than tCKE (4)",
       [](Ddr3Part& p) { p.timing.ckesr = 4; }},
      {"timing.xs", "tXS (214 tCK, 267.5 ns) must be at least tRFC + 10 ns (270 ns)",
       [](Ddr3Part& p) { p.timing.xs = 214; }},
      {"timing.xsdll", "tXSDLL (511)", [](Ddr3Part& p) { p.timing.xsdll = 511; }},
      {"currents.vdd", "VDD (1.2 V)", [](Ddr3Part& p) { p.currents.vdd = 1.2; }},
      {"currents.idd6_ma", "IDD6 (33 mA) must not exceed IDD2N (32 mA)",
       [](Ddr3Part& p) { p.currents.idd6 = 33; }},
      {"currents.idd2p_ma", "IDD2P (33 mA)", [](Ddr3Part& p) { p.currents.idd2p = 33; }},
      {"currents.idd2n_ma", "IDD2N (39 mA)", [](Ddr3Part& p) { p.currents.idd2n = 39; }},
      {"currents.idd3p_ma", "IDD3P (39 mA)", [](Ddr3Part& p) { p.currents.idd3p = 39; }},
      {"currents.idd3n_ma", "IDD3N (38 mA) must be less than IDD4R (38 mA)",
       [](Ddr3Part& p) { p.currents.idd4r = 38; }},
      {"currents.idd3n_ma", "less than IDD4W (37 mA)", [](Ddr3Part& p) { p.currents.idd4w = 37; }},
      {"currents.idd3n_ma", "less than IDD5 (36 mA)", [](Ddr3Part& p) { p.currents.idd5 = 36; }},
      {"currents.idd0_ma", "IDD0 (36 mA) must be more than standby",
       [](Ddr3Part& p) { p.currents.idd0 = 36; }},
  };
  return all;
}

TEST(Ddr3Part, NamesTheRuleThatIsBroken) {
  for (const Damage& damage : damages()) {
    Ddr3Part part = reference_part();
    damage.make(part);
    bool named = false;
    for (const Ddr3Inconsistency& found : inconsistencies(part)) {
      named =
          named || (found.key == damage.key && found.what.find(damage.rule) != std::string::npos);
    }
    EXPECT_TRUE(named) << damage.key << ": " << damage.rule << "; found\n"
                       << all(inconsistencies(part));
  }
}

TEST(Ddr3Part, SeesTheCyclesOfAnotherClock) {
  Ddr3Part part = reference_part();
  part.timing.tck_ps = 938;
  const std::string found = all(inconsistencies(part));
  EXPECT_THAT(found, HasSubstr("timing.cwl: CWL (8) must be 10 at a tCK of 938 ps"));
  EXPECT_THAT(found, HasSubstr("timing.wr: tWR (12 tCK, 11.256 ns)"));
  EXPECT_THAT(found, HasSubstr("timing.refi: "));
  EXPECT_THAT(found, HasSubstr("timing.rfc: "));
}

}  // namespace
}  // namespace airnn::test
