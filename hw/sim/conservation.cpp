// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/conservation.h"

#include <string>

#include "hw/observe/dram/dram_counts.h"
#include "hw/sim/simulation_error.h"

namespace airnn {

namespace {

/// No unit has more cycles than there are, and those of boot and iterations are all it has.
void check_units(const RunRecord& record) {
  for (std::size_t i = 0; i < record.units.size(); ++i) {
    const std::string unit = "unit " + record.units[i].name;
    bool is_within = record.boot_units[i].busy() <= record.boot_cycles;
    UnitRecord sum;
    for (const IterationRecord& iteration : record.iterations) {
      is_within = is_within && iteration.units[i].busy() <= iteration.cycles.total();
      sum.add(iteration.units[i]);
    }
    if (!is_within) {
      throw SimulationError(unit + " accounts for more cycles than an iteration or the boot has");
    }
    const UnitRecord& all = record.units[i];
    if (sum.working != all.working || sum.waiting_for_input != all.waiting_for_input ||
        sum.waiting_for_credit != all.waiting_for_credit) {
      throw SimulationError(unit + " spent cycles outside of all iterations");
    }
  }
  for (const IterationRecord& iteration : record.iterations) {
    if (iteration.critical_path.total() != iteration.cycles.total()) {
      throw SimulationError("the critical path of an iteration has another length than it");
    }
  }
}

/// Every multiplier of every slot multiplies or is idle.
void check_multiplications(const RunRecord& record, const Network& network) {
  for (std::size_t l = 0; l < record.layers.size(); ++l) {
    for (const LayerRecord& layer : record.layers[l]) {
      if (layer.multiplications + layer.idle_multiplications != layer.slots * layer.multipliers) {
        throw SimulationError("multiplications of layer " + network.layers[l].name +
                              " differ from its slots times its multipliers");
      }
    }
  }
}

}  // namespace

void check_conservation(const RunRecord& record, std::uint64_t words_placed, bool counts_commands,
                        const Network& network) {
  if (record.inputs.empty()) {
    return;  // stopped before the first; what the memory does at the end of the boot is nobody's
  }
  const Counts counts = record.total_counts();
  if (words_placed != counts.words_placed) {
    throw SimulationError("words placed (" + std::to_string(words_placed) +
                          ") differ from the words of the batches (" +
                          std::to_string(counts.words_placed) + ") (P3)");
  }
  const DramCounts dram = dram_counts(counts);
  if (counts_commands &&
      dram.read_commands() + dram.of(RowOutcome::forwarded) != counts.dram_reads) {
    throw SimulationError("the memory read " + std::to_string(dram.read_commands()) +
                          " bursts, but " + std::to_string(counts.dram_reads) +
                          " were asked for (P10)");
  }
  check_units(record);
  check_multiplications(record, network);
}

}  // namespace airnn
