// SPDX-License-Identifier: Apache-2.0
#include "sw/results/inputs_csv.h"

#include <fmt/format.h>

#include <cmath>

#include "sw/format/errors.h"
#include "sw/results/csv_lines.h"

namespace airnn {

namespace {

std::string energy_text(const EnergyModel& energy, const Counts& counts,
                        const std::vector<PricedAction>& counted) {
  return fmt::format("{:.1f}", energy.total(counts, counted));
}

std::string header(std::size_t iterations, bool is_grouped) {
  std::string text = "index,label,prediction,iterations";
  for (std::size_t i = 1; i <= iterations; ++i) {
    text += fmt::format(",score_{}", i);
  }
  return text + (is_grouped ? ",cycles,cycles_share" : ",cycles") + ",bytes,energy_pj\n";
}

}  // namespace

std::string inputs_csv(const RunResults& results) {
  const std::size_t iterations = results.record.iterations.size();
  const bool is_grouped = results.record.inputs_per_batch > 1;
  std::string text = header(iterations, is_grouped);
  for (std::size_t n = 0; n < results.record.inputs.size(); ++n) {
    const InputRecord& input = results.record.inputs[n];
    text += fmt::format("{},", results.first_input + n);
    text += results.labels.empty() ? "" : std::to_string(results.labels[n]);
    text += fmt::format(",{},{}", input.prediction, input.iterations);
    for (std::size_t i = 0; i < iterations; ++i) {
      text += ",";
      if (i < input.scores.size()) {
        text += fmt::format("{:.9f}", std::ldexp(static_cast<double>(input.scores[i]),
                                                 -results.score_fraction_bits));
      }
    }
    text += fmt::format(",{}", input.cycles);
    text += is_grouped ? fmt::format(",{}", input.share_cycles) : "";
    text += fmt::format(",{},{}\n", input.counts.dram_bytes(),
                        energy_text(results.energy, input.counts, results.record.counted));
  }
  return text;
}

/// Energy is the last column.
std::string inputs_csv_with(const std::string& text, const std::string& name,
                            const std::vector<InputCounts>& inputs, const EnergyModel& energy,
                            const std::vector<PricedAction>& counted) {
  const std::vector<std::string> lines = csv_lines(text);
  if (lines.size() != inputs.size() + 1) {
    throw UserError(fmt::format("{}: expected {} inputs, as in counts.csv", name, inputs.size()));
  }
  std::string with = lines.front() + "\n";
  const std::size_t columns = csv_values(lines.front()).size();
  for (std::size_t n = 0; n < inputs.size(); ++n) {
    const std::string& line = lines[n + 1];
    const std::vector<std::string> values = csv_values(line);
    if (values.size() != columns || values.front() != std::to_string(inputs[n].index)) {
      throw UserError(fmt::format("{}:{}: expected input {} with {} values", name, n + 2,
                                  inputs[n].index, columns));
    }
    with +=
        line.substr(0, line.rfind(',') + 1) + energy_text(energy, inputs[n].counts, counted) + "\n";
  }
  return with;
}

}  // namespace airnn
