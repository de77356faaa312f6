// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/parameters/accelerator_parameters.h"

namespace airnn {

namespace {

constexpr Cycle kMostCycles = 1000000;
constexpr std::uint32_t kMostInputsPerBatch = 64;
constexpr double kPsTimesMegahertz = 1e6;

/// A name of a table, which is read only if it is given.
template <typename Named>
Parameter<EngineChoice> name_parameter(const std::string& key, std::string EngineChoice::*field,
                                       const std::vector<Named>& table,
                                       const std::string& sentence) {
  std::vector<NamedValue<std::string>> names;
  ChoiceValues values;
  for (const Named& entry : table) {
    names.push_back({entry.name, entry.name});
    values.names.push_back(entry.name);
  }
  const auto read = [=](const ConfigReader& reader, EngineChoice& choice, bool /*required*/) {
    if (reader.optional_string(key)) {
      choice.*field = reader.required_enum(key, names);
    }
  };
  return {{key, EngineChoice().*field, values, sentence}, read};
}

}  // namespace

const ParameterTable<AcceleratorParams>& accelerator_parameters() {
  using Row = Parameter<AcceleratorParams>;
  using Params = AcceleratorParams;
  static const ParameterTable<Params> table{
      Row::real_of(
          "fabric_mhz",
          [](const Params& p) {
            return kPsTimesMegahertz / static_cast<double>(p.fabric_period_ps);
          },
          [](Params& p, double megahertz) {
            p.fabric_period_ps = static_cast<std::uint64_t>(kPsTimesMegahertz / megahertz + 0.5);
          },
          1.0, 10000.0, "Clock of the fabric, in which all cycles are counted"),
      Row::integer(
          "lanes", [](Params & p) -> auto& { return p.controller.lanes; }, 1, 64,
          "Weights per beat"),
      Row::integer(
          "outstanding_reads",
          [](Params & p) -> auto& { return p.controller.fetch.outstanding_reads; }, 1, 1024,
          "64-byte reads in flight"),
      Row::integer(
          "stream_buffer_bursts",
          [](Params & p) -> auto& { return p.controller.fetch.stream_buffer_bursts; }, 1, 1024,
          "Bursts in each of the four prefetchers; at least ceil((lanes + 1) * 8 / 64) + 1"),
      Row::choice(
          "prefetch", [](Params & p) -> auto& { return p.controller.prefetch; },
          {{"none", Prefetch::none}, {"next", Prefetch::next}},
          "next: the next batch is fetched while the present one is computed"),
      Row::integer("address_latency_cycles", &Params::address_latency_cycles, 1, kMostCycles,
                   "Latency of Buffer Address Calculation"),
      Row::integer("softmax_cycles", &Params::softmax_cycles, 0, kMostCycles,
                   "Latency of the softmax; 0: 1 + ceil(log2 classes) + 2"),
      Row::integer("margin_cycles", &Params::margin_cycles, 1, kMostCycles,
                   "Latency of the score margin"),
      Row::choice("handoff", &Params::handoff, {{"map", Handoff::map}, {"row", Handoff::row}},
                  "A layer starts with its whole input map, or with the rows of its first window")};
  return table;
}

const ParameterTable<AcceleratorParams>& associative_parameters() {
  using Row = Parameter<AcceleratorParams>;
  static const ParameterTable<AcceleratorParams> table{Row(
      {"associative_rows", "0", IntegerValues{0, kMaxMatchRows},
       "Rows of the associative memory beside each multiplier, as many as the image has; 0: none"},
      [](const ConfigReader& reader, AcceleratorParams& params, bool /*required*/) {
        if (reader.has("associative_rows")) {
          params.associative_rows =
              reader.required_int<std::uint32_t>("associative_rows", 0, kMaxMatchRows);
        }
      })};
  return table;
}

const ParameterTable<AcceleratorParams>& group_parameters() {
  using Row = Parameter<AcceleratorParams>;
  const auto row = [](const char* key, std::uint32_t InputGroupParams::*field,
                      const char* sentence) {
    return Row({key, "1", IntegerValues{1, kMostInputsPerBatch}, sentence},
               [key, field](const ConfigReader& reader, AcceleratorParams& params, bool) {
                 if (reader.has(key)) {
                   params.controller.group.*field =
                       reader.required_int<std::uint32_t>(key, 1, kMostInputsPerBatch);
                 }
               });
  };
  static const ParameterTable<AcceleratorParams> table{
      row("inputs_per_batch", &InputGroupParams::inputs_per_batch,
          "Inputs for which a batch of weights is fetched once"),
      row("input_buffers", &InputGroupParams::input_buffers,
          "Of these, how many have their input map on chip through all iterations")};
  return table;
}

const ParameterTable<AcceleratorParams>& decompressor_parameters() {
  using Row = Parameter<AcceleratorParams>;
  static const ParameterTable<AcceleratorParams> table{
      Row::integer(
          "lanes", [](AcceleratorParams & p) -> auto& { return p.decompressor.lanes; }, 1, 64,
          "Weights that it expands per cycle"),
      Row::integer(
          "segments", [](AcceleratorParams & p) -> auto& { return p.decompressor.segments; }, 1, 16,
          "Lines that they may belong to")};
  return table;
}

const ParameterTable<ComputeParallelism>& layer_parameters() {
  using Row = Parameter<ComputeParallelism>;
  using Params = ComputeParallelism;
  static const ParameterTable<Params> table{
      Row::integer("positions_in_parallel", &Params::positions, 1, 1 << 20,
                   "Z: output positions per issue slot"),
      Row::integer("channels_in_parallel", &Params::channels, 0, 1 << 20,
                   "Tc: input channels per issue slot (depthwise: kernels side by side); 0: all"),
      Row::integer("fc_multipliers", &Params::fc_multipliers, 0, 1 << 30,
                   "Multipliers of a fully connected layer; 0: one per input")};
  return table;
}

ParameterTable<EngineChoice> engine_parameters(const EngineTable& engines) {
  return {
      name_parameter("engine", &EngineChoice::engine, engines.engines, "What computes the layer")};
}

}  // namespace airnn
