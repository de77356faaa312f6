// SPDX-License-Identifier: Apache-2.0
#include "sw/results/record_codec.h"

#include <nlohmann/json.hpp>

namespace airnn {

// The library finds these by their types' namespace.
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PricedAction, action, price_class)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ActionCount, what, count)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Counts, of, of_classes, dram_reads, words_placed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PhaseCycles, load, fetch, compute, score, finish)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(UnitRecord, name, working, waiting_for_input, waiting_for_credit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PathCycles, memory, controller, addresses, input_buffer, score,
                                   layers)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(IterationRecord, inputs_run, stopped, cycles, counts, units,
                                   critical_path)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LayerRecord, multipliers, nonzero_kernels, groups, weights,
                                   compute_cycles, slots, multiplications, idle_multiplications,
                                   saturated)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(InputRecord, prediction, iterations, cycles, scores, predictions,
                                   counts)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RunRecord, counted, boot_cycles, boot_counts, boot_units, units,
                                   iterations, layers, inputs)

std::vector<std::uint8_t> encode_record(const RunRecord& record) {
  return nlohmann::json::to_cbor(nlohmann::json(record));
}

RunRecord decode_record(const std::vector<std::uint8_t>& bytes) {
  return nlohmann::json::from_cbor(bytes).get<RunRecord>();
}

}  // namespace airnn
