// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/dram_energy.h"

#include <gtest/gtest.h>

#include "testbenches/unit/memory/ddr3/data_sheets.h"
#include "testbenches/unit/observe/dram_stream.h"

namespace airnn::test {
namespace {

/// Time in a state of all ranks, and what a device draws meanwhile.
double background(const std::vector<DramPowerStates::Cycles>& cycles, const Ddr3Currents& i) {
  const std::array<double, kDramPowerStates> ma = {i.idd3n, i.idd2n, i.idd3p, i.idd2p, i.idd6};
  double charge = 0;
  for (const DramPowerStates::Cycles& rank : cycles) {
    for (std::size_t state = 0; state < kDramPowerStates; ++state) {
      charge += ma[state] * static_cast<double>(rank[state]);
    }
  }
  return charge;
}

TEST(DramEnergy, IsTheSumOfTheDataSheetOverRandomCommands) {
  unsigned seed = 0;
  for (Ddr3Part part : published_parts()) {
    SCOPED_TRACE(part.name);
    part.geometry.ranks = 1 + seed % 2;
    const Ddr3TimingParams& t = part.timing;
    const Ddr3Currents& i = part.currents;
    const AutoPrechargeTiming closing = {t.ras, t.rtp, t.cwl + 4 + t.wr};
    const auto commands = random_commands(++seed, part.geometry.ranks, 20000, closing);

    DramStatistics statistics = dram_statistics(part);
    double act = 0;
    double rd = 0;
    double wr = 0;
    double ref = 0;
    for (const CommandIssued& command : commands) {
      statistics.issued(command);
      // mA * tCK above standby, of one device.
      if (command.command == DramCommand::activate) {
        act += i.idd0 * static_cast<double>(t.rc) - i.idd3n * static_cast<double>(t.ras) -
               i.idd2n * static_cast<double>(t.rp);
      } else if (is_read(command.command)) {
        rd += (i.idd4r - i.idd3n) * 4;
      } else if (is_write(command.command)) {
        wr += (i.idd4w - i.idd3n) * 4;
      } else if (command.command == DramCommand::refresh) {
        ref += (i.idd5 - i.idd3n) * static_cast<double>(t.rfc);
      }
    }
    const Cycle end = commands.back().cycle + 50;
    statistics.advance(end);
    const double idle = background(states_by_cycle(commands, part.geometry.ranks, end, closing), i);

    const double scale = i.vdd * static_cast<double>(t.tck_ps) / 1000 *
                         (part.geometry.device_width_bits == 8 ? 8 : 4);
    const DramEnergy energy = dram_energy(statistics.counts(), ddr3_energy(part));
    EXPECT_NEAR(energy.activate_pj, act * scale, 1e-6 * act * scale);
    EXPECT_NEAR(energy.read_pj, rd * scale, 1e-6 * rd * scale);
    EXPECT_NEAR(energy.write_pj, wr * scale, 1e-6 * wr * scale);
    EXPECT_NEAR(energy.refresh_pj, ref * scale, 1e-6 * ref * scale);
    EXPECT_NEAR(energy.background_pj, idle * scale, 1e-6 * idle * scale);
    const double total = (act + rd + wr + ref + idle) * scale;
    EXPECT_NEAR(energy.total_pj(), total, 1e-6 * total);
    EXPECT_GT(act * rd * wr * ref * idle, 0);
  }
}

}  // namespace
}  // namespace airnn::test
