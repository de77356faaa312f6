// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "hw/sim/dram_energy.h"
#include "sw/console/table.h"
#include "sw/describe/dram_trace_result.h"
#include "sw/describe/latency_words.h"

namespace airnn {

namespace {

std::string commands_text(const DramCounts& counts) {
  std::string text;
  for (std::size_t i = 0; i < kDramCommands; ++i) {
    if (counts.commands[i] != 0) {
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", kDramMnemonics[i],
                          count_text(counts.commands[i]));
    }
  }
  return text.empty() ? "none" : text;
}

std::string energy_text(const DramEnergy& energy) {
  const double total = energy.total_pj() > 0 ? energy.total_pj() : 1;
  const auto percent = [total](double pj) { return 100 * pj / total; };
  return fmt::format(
      "energy        {:.3f} uJ\n"
      "  of these    activate {:.2f} %, read {:.2f} %, write {:.2f} %, refresh {:.2f} %, "
      "background "
      "{:.2f} %\n",
      energy.total_pj() * 1e-6, percent(energy.activate_pj), percent(energy.read_pj),
      percent(energy.write_pj), percent(energy.refresh_pj), percent(energy.background_pj));
}

}  // namespace

std::string dram_trace_summary(const DramTraceResult& result) {
  const DramStatistics& statistics = result.statistics;
  const DramCounts counts = statistics.counts();
  const auto tck_ps = static_cast<double>(result.part.timing.tck_ps);
  const auto cycles = static_cast<double>(result.cycles);
  const std::uint64_t requests = counts.reads + counts.writes;

  std::string text =
      fmt::format("{}, {} requests: {} reads, {} writes\n\n", result.part.name,
                  count_text(requests), count_text(counts.reads), count_text(counts.writes));
  text += fmt::format("cycles        {} tCK, {:.3f} us\n", count_text(result.cycles),
                      cycles * tck_ps * 1e-6);
  if (counts.reads > 0) {
    text += fmt::format("last read     {} tCK\n", count_text(statistics.last_read_cycle()));
    text += fmt::format("read latency  {}\n", latency_text(statistics.read_latency(), "tCK"));
  }
  text += fmt::format("row hits      {:.2f} %\n", 100 * counts.row_hit_rate());
  text +=
      fmt::format("bandwidth     {:.3f} GB/s of {:.3f}\n", bandwidth_gbs(result), 16000.0 / tck_ps);
  text += fmt::format("commands      {}\n", commands_text(counts));
  text += energy_text(dram_energy(counts, ddr3_energy(result.part)));
  text += fmt::format(
      "host          {:.2f} s, {:.2f} million requests/s, {:.1f} million tCK/s, {} MB\n",
      result.host_seconds, static_cast<double>(requests) * 1e-6 / result.host_seconds,
      cycles * 1e-6 / result.host_seconds, result.peak_memory_bytes / 1000000);
  return text;
}

}  // namespace airnn
