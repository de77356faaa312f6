// SPDX-License-Identifier: Apache-2.0
#include "testbenches/unit/memory/ddr3/data_sheets.h"

#include <stdexcept>

namespace airnn::test {

Ddr3Part reference_part() {
  Ddr3Part part;
  part.name = "4Gb x8 1600K";
  part.currents = {1.35, 55, 32, 18, 38, 38, 157, 125, 235, 20};
  return part;
}

Ddr3Part power_note_part() {
  Ddr3Part part;
  part.name = "2Gb x8 1600, TN-41-01";
  part.geometry.rows = 32768;
  part.timing.cl = 10;
  part.timing.rcd = 10;
  part.timing.rp = 10;
  part.timing.rc = 38;
  part.timing.rfc = 128;
  part.timing.xs = 136;
  part.currents = {1.5, 95, 42, 35, 45, 40, 180, 185, 215, 12};
  return part;
}

std::vector<Ddr3Part> published_parts() {
  // Geometry: ranks, width, banks, rows, columns. Timing: tCK in ps, CL, CWL, RCD, RP, RAS, RC,
  // CCD, RRD, FAW, WTR, WR, RTP, RFC, REFI, XP, CKE, XS, XSDLL, CKESR. Currents: VDD, IDD0, 2N, 2P,
  // 3N, 3P, 4R, 4W, 5, 6. The 2 Gbit device at 1600 is published with a REFI of 4160, which is 5.2
  // us.
  return {
      {"1Gb x8 1600 G",
       {1, 8, 8, 16384, 1024},
       {1250, 10, 8, 10, 10, 28, 38, 4, 5, 24, 6, 12, 6, 88, 6240, 6, 4, 96, 512, 5},
       {1.5, 70, 45, 30, 45, 35, 140, 145, 170, 8}},
      {"1Gb x8 1600 G mu",
       {1, 8, 8, 16384, 1024},
       {1250, 10, 8, 10, 10, 28, 38, 4, 5, 24, 6, 12, 6, 88, 6240, 6, 4, 96, 512, 5},
       {1.5, 61.99, 36.68, 17.8, 36.78, 28.61, 119.16, 120.28, 152.13, 4.7}},
      {"2Gb x16 1600 D",
       {1, 16, 8, 16384, 1024},
       {1250, 10, 8, 10, 10, 28, 38, 4, 6, 32, 6, 12, 6, 128, 6240, 5, 4, 136, 512, 5},
       {1.5, 110, 42, 40, 45, 45, 270, 280, 215, 12}},
      {"2Gb x16 1600 D mu",
       {1, 16, 8, 16384, 1024},
       {1250, 10, 8, 10, 10, 28, 38, 4, 6, 32, 6, 12, 6, 128, 6240, 5, 4, 136, 512, 5},
       {1.5, 98.06, 33.49, 22.09, 34.59, 34.59, 232.24, 246.74, 193.62, 6.45}},
      {"1Gb x16 1600 E",
       {1, 16, 8, 8192, 1024},
       {1250, 11, 8, 11, 11, 28, 39, 4, 6, 32, 6, 12, 6, 88, 6240, 5, 4, 96, 512, 5},
       {1.5, 75, 40, 25, 55, 40, 180, 190, 170, 10}},
      {"1Gb x16 1066 G",
       {1, 16, 8, 8192, 1024},
       {1876, 7, 6, 7, 7, 20, 27, 4, 6, 27, 4, 8, 4, 59, 4160, 4, 3, 64, 512, 4},
       {1.5, 75, 35, 25, 45, 30, 140, 155, 160, 8}},
      {"1Gb x8 1066 G",
       {1, 8, 8, 16384, 1024},
       {1876, 7, 6, 7, 7, 20, 27, 4, 4, 20, 4, 8, 4, 59, 4160, 4, 3, 64, 512, 4},
       {1.5, 60, 35, 25, 40, 30, 105, 110, 160, 8}},
      {"2Gb x8 1066 D",
       {1, 8, 8, 32768, 1024},
       {1876, 7, 6, 7, 7, 20, 27, 4, 4, 20, 4, 8, 4, 86, 4160, 4, 3, 92, 512, 4},
       {1.5, 75, 32, 25, 35, 30, 140, 145, 190, 12}},
      {"DRAMsim3 1Gb x8 1333",
       {1, 8, 8, 16384, 1024},
       {1500, 10, 7, 10, 10, 24, 34, 4, 4, 20, 5, 10, 5, 74, 5200, 4, 4, 81, 512, 5},
       {1.35, 33, 17, 12, 23, 14, 72, 77, 155, 12}},
      {"DRAMsim3 4Gb x16 1600",
       {1, 16, 8, 32768, 1024},
       {1250, 11, 8, 11, 11, 28, 39, 4, 6, 32, 6, 12, 6, 208, 6240, 5, 4, 216, 512, 5},
       {1.35, 66, 32, 18, 47, 47, 235, 171, 235, 20}},
  };
}

Ddr3Part published_part(const std::string& name) {
  for (const Ddr3Part& part : published_parts()) {
    if (part.name == name) {
      return part;
    }
  }
  throw std::invalid_argument("no part " + name);
}

}  // namespace airnn::test
