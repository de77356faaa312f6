// SPDX-License-Identifier: Apache-2.0
#include "sw/results/record_codec.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "sw/format/errors.h"

namespace airnn {

// The library finds these by their types' namespace.
void to_json(nlohmann::json& json, const PricedAction& what) {
  json = what.name();
}

void from_json(const nlohmann::json& json, PricedAction& what) {
  const std::optional<PricedAction> known = priced_action(json.get<std::string>());
  if (!known) {
    throw std::invalid_argument("no action is called " + json.dump());
  }
  what = *known;
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ActionCount, what, count)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Counts, of, of_classes, dram_reads, words_placed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PhaseCycles, load, fetch, compute, score, finish)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(UnitRecord, name, working, waiting_for_input, waiting_for_credit,
                                   is_observed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(PathCycles, memory, controller, addresses, input_buffer, score,
                                   layers)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(IterationRecord, inputs_run, stopped, cycles, counts, units,
                                   critical_path)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LayerRecord, multipliers, nonzero_kernels, groups, weights,
                                   compute_cycles, slots, multiplications, idle_multiplications,
                                   saturated, zero_products, searches, hits)

void to_json(nlohmann::json& json, const InputRecord& input) {
  json = {{"prediction", input.prediction},   {"iterations", input.iterations},
          {"cycles", input.cycles},           {"scores", input.scores},
          {"predictions", input.predictions}, {"counts", input.counts}};
  // Of an input that shares cycles with others.
  if (input.share_cycles != input.cycles) {
    json["share_cycles"] = input.share_cycles;
  }
}

void from_json(const nlohmann::json& json, InputRecord& input) {
  json.at("prediction").get_to(input.prediction);
  json.at("iterations").get_to(input.iterations);
  json.at("cycles").get_to(input.cycles);
  input.share_cycles = json.value("share_cycles", input.cycles);
  json.at("scores").get_to(input.scores);
  json.at("predictions").get_to(input.predictions);
  json.at("counts").get_to(input.counts);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LinkNode, name, x, y, units)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LinkLoad, flits, busy)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LinkWire, name, from, to, from_units, to_units, load)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(LinkRecord, nodes, wires)

void to_json(nlohmann::json& json, const RunRecord& record) {
  json = {{"counted", record.counted},
          {"boot_cycles", record.boot_cycles},
          {"boot_counts", record.boot_counts},
          {"boot_units", record.boot_units},
          {"units", record.units},
          {"iterations", record.iterations},
          {"layers", record.layers},
          {"inputs", record.inputs}};
  if (record.inputs_per_batch > 1) {
    json["inputs_per_batch"] = record.inputs_per_batch;
  }
  // Of a link whose streams share wires.
  if (!record.link.empty()) {
    json["boot_link"] = record.boot_link;
    json["link"] = record.link;
  }
}

void from_json(const nlohmann::json& json, RunRecord& record) {
  json.at("counted").get_to(record.counted);
  record.inputs_per_batch = json.value("inputs_per_batch", std::uint32_t{1});
  json.at("boot_cycles").get_to(record.boot_cycles);
  json.at("boot_counts").get_to(record.boot_counts);
  json.at("boot_units").get_to(record.boot_units);
  json.at("units").get_to(record.units);
  json.at("iterations").get_to(record.iterations);
  json.at("layers").get_to(record.layers);
  json.at("inputs").get_to(record.inputs);
  if (json.contains("link")) {
    json.at("boot_link").get_to(record.boot_link);
    json.at("link").get_to(record.link);
  }
}

namespace {

/// A record's parts belong together: every list has the length that the others say.
bool fits(const RunRecord& record) {
  const std::size_t iterations = record.iterations.size();
  const auto has_units = [&](const std::vector<UnitRecord>& units) {
    return units.size() == record.units.size();
  };
  const auto leads_somewhere = [&](const LinkWire& wire) {
    return wire.from < record.link.nodes.size() && wire.to < record.link.nodes.size();
  };
  return has_units(record.boot_units) &&
         record.boot_link.wires.size() == record.link.wires.size() &&
         record.boot_link.nodes.size() == record.link.nodes.size() &&
         std::all_of(record.link.wires.begin(), record.link.wires.end(), leads_somewhere) &&
         std::is_sorted(record.counted.begin(), record.counted.end()) &&
         std::all_of(record.iterations.begin(), record.iterations.end(),
                     [&](const IterationRecord& one) { return has_units(one.units); }) &&
         std::all_of(
             record.layers.begin(), record.layers.end(),
             [&](const std::vector<LayerRecord>& one) { return one.size() == iterations; }) &&
         std::all_of(record.inputs.begin(), record.inputs.end(), [&](const InputRecord& one) {
           return one.iterations <= iterations && one.scores.size() == one.iterations &&
                  one.predictions.size() == one.iterations;
         });
}

/// Records have whole numbers only. Another one would be cut to fit, if it does.
bool has_fraction(const nlohmann::json& json) {
  return json.is_number_float() ||
         (json.is_structured() && std::any_of(json.begin(), json.end(), has_fraction));
}

template <typename Value>
Value decode(const std::vector<std::uint8_t>& bytes, const std::string& origin, const char* what) {
  std::string why;
  try {
    const nlohmann::json json = nlohmann::json::from_cbor(bytes);
    if (has_fraction(json)) {
      throw std::invalid_argument("a number is not whole");
    }
    return json.get<Value>();
  } catch (const nlohmann::json::exception& error) {
    why = error.what();
  } catch (const std::invalid_argument& error) {
    why = error.what();
  }
  throw UserError(origin + ": not " + what + ": " + why);
}

constexpr const char* kRecord = "the record of a run";

}  // namespace

std::vector<std::uint8_t> encode_record(const RunRecord& record) {
  return nlohmann::json::to_cbor(nlohmann::json(record));
}

RunRecord decode_record(const std::vector<std::uint8_t>& bytes, const std::string& origin) {
  RunRecord record = decode<RunRecord>(bytes, origin, kRecord);
  if (!fits(record)) {
    throw UserError(origin + ": not " + kRecord + ": its parts contradict each other");
  }
  return record;
}

std::vector<std::uint8_t> encode_predictions(const Predictions& predictions) {
  return nlohmann::json::to_cbor(nlohmann::json(predictions));
}

Predictions decode_predictions(const std::vector<std::uint8_t>& bytes, const std::string& origin) {
  return decode<Predictions>(bytes, origin, "predictions");
}

}  // namespace airnn
