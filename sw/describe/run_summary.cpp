// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/run_summary.h"

#include <fmt/format.h>

#include <optional>

#include "sw/console/table.h"

namespace airnn {

namespace {

std::string percent(double part) {
  return fmt::format("{:.2f} %", 100 * part);
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

Table iteration_table(const RunResults& results) {
  using Align = Table::Align;
  Table table({{"iteration", Align::right},
               {"weights", Align::right},
               {"inputs", Align::right},
               {"stopped", Align::right},
               {"accuracy if all stop", Align::right},
               {"fetch cycles", Align::right},
               {"compute cycles", Align::right},
               {"score cycles", Align::right}});
  const std::vector<double> fractions = cumulative_fractions(results.image);
  for (std::size_t i = 0; i < results.record.iterations.size(); ++i) {
    const IterationRecord& iteration = results.record.iterations[i];
    const std::optional<double> accuracy = results.accuracy_if_all_stop(i);
    table.add_row({std::to_string(i + 1), percent(fractions[i]), count_text(iteration.inputs_run),
                   count_text(iteration.stopped), accuracy ? percent(*accuracy) : "-",
                   count_text(iteration.cycles.fetch), count_text(iteration.cycles.compute),
                   count_text(iteration.cycles.score)});
  }
  return table;
}

/// Leakage stands apart: it follows time, not traffic. Empty without routers.
std::string routers_line(const RunResults& results, double inputs) {
  const Counts counts = results.record.total_counts();
  std::optional<double> moving;
  double leakage = 0;
  for (const PricedAction& what : results.record.counted) {
    const auto pj = [&] {
      return results.energy.table.price(what) * static_cast<double>(counts[what]);
    };
    switch (what.action) {
      case Action::noc_switch:
      case Action::noc_link:
      case Action::noc_route:
        moving = moving.value_or(0) + pj();
        break;
      case Action::noc_router_ps:
        leakage += pj();
        break;
      default:
        break;
    }
  }
  return moving ? fmt::format(
                      "  of these       {:.3f} uJ flits on the mesh, {:.3f} uJ leakage of its "
                      "routers\n",
                      *moving * 1e-6 / inputs, leakage * 1e-6 / inputs)
                : "";
}

}  // namespace

std::string run_summary(const RunResults& results, const std::string& folder) {
  const RunRecord& record = results.record;
  PhaseCycles phases;
  std::uint64_t iterations = 0;
  for (const IterationRecord& iteration : record.iterations) {
    phases += iteration.cycles;
    iterations += iteration.inputs_run;
  }
  const std::uint64_t total = record.total_cycles();
  const std::size_t inputs = record.inputs.size();
  const Counts counts = record.total_counts();

  std::string text = fmt::format("{}, scheme {}, {} inputs\n\n", results.image.network().name,
                                 to_string(results.image.info().scheme), count_text(inputs));
  text += iteration_table(results).text();
  text += "\n";
  if (!results.labels.empty()) {
    text += fmt::format("accuracy         {}\n", percent(results.accuracy()));
  }
  text += fmt::format("mean iterations  {:.3f}\n", share(iterations, inputs));
  text += fmt::format("cycles           {} total, {} per input\n", count_text(total),
                      count_text(inputs == 0 ? 0 : phases.total() / inputs));
  text += fmt::format("  of these       fetch {}, compute {}, score {}, load {}, boot {}\n",
                      percent(share(phases.fetch, total)), percent(share(phases.compute, total)),
                      percent(share(phases.score, total)),
                      percent(share(phases.load + phases.finish, total)),
                      percent(share(record.boot_cycles, total)));
  text += fmt::format("memory           {} bytes in {} reads\n", count_text(counts.dram_bytes()),
                      count_text(counts.dram_reads));
  text += fmt::format("energy           {:.3f} uJ per input ({})\n",
                      results.energy.total(counts, record.counted) * 1e-6 /
                          static_cast<double>(inputs == 0 ? 1 : inputs),
                      results.energy.table.name);
  text += routers_line(results, static_cast<double>(inputs == 0 ? 1 : inputs));
  if (results.host) {
    const double seconds = results.host->seconds;
    text += fmt::format(
        "host             {:.2f} s, {:.1f} million cycles/s, {:.0f} inputs/s, {} MB\n", seconds,
        static_cast<double>(total) * 1e-6 / seconds, static_cast<double>(inputs) / seconds,
        results.host->peak_memory_bytes / 1000000);
  }
  if (!folder.empty()) {
    text +=
        fmt::format("written          {0}/results.json, {0}/inputs.csv, {0}/counts.csv\n", folder);
  }
  return text;
}

}  // namespace airnn
