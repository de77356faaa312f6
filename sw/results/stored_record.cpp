// SPDX-License-Identifier: Apache-2.0
#include "sw/results/stored_record.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "sw/format/errors.h"

namespace airnn {

namespace {

using nlohmann::json;

/// A record has six levels of lists and objects. The parser calls itself for each, so that a file
/// of a few kilobytes could ask for more of them than its stack holds.
constexpr int kMostLevels = 16;

/// Listens to a parser, keeps nothing, and ends it where levels are too many.
class LevelCheck : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool key(string_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*size*/) override { return ++levels_ <= kMostLevels; }
  bool start_array(std::size_t /*size*/) override { return ++levels_ <= kMostLevels; }
  bool end_object() override { return --levels_ >= 0; }
  bool end_array() override { return --levels_ >= 0; }
  bool parse_error(std::size_t /*at*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return false;
  }

 private:
  int levels_ = 0;
};

[[noreturn]] void refuse(const std::string& origin, const std::string& why) {
  throw UserError(origin + ": not what a run of this image left: " + why +
                  "; remove the file, and it is made again");
}

void check_levels(const std::vector<std::uint8_t>& bytes, const std::string& origin) {
  LevelCheck levels;
  if (!json::sax_parse(bytes, &levels, json::input_format_t::cbor)) {
    refuse(origin, "damaged CBOR, or too many lists in each other");
  }
}

/// Units are told apart by their names.
std::set<std::string> names_of(const std::vector<UnitRecord>& units) {
  std::set<std::string> names;
  for (const UnitRecord& unit : units) {
    names.insert(unit.name);
  }
  return names;
}

bool are_units(const std::vector<UnitRecord>& units, const std::vector<UnitRecord>& expected) {
  return std::equal(units.begin(), units.end(), expected.begin(), expected.end(),
                    [](const UnitRecord& a, const UnitRecord& b) { return a.name == b.name; });
}

bool has_units_everywhere(const RunRecord& record) {
  const std::set<std::string> names = names_of(record.units);
  return names.size() == record.units.size() && names.count("") == 0 &&
         are_units(record.boot_units, record.units) &&
         std::all_of(record.iterations.begin(), record.iterations.end(),
                     [&](const IterationRecord& of) { return are_units(of.units, record.units); });
}

bool has_layers(const RunRecord& record, std::size_t layers, std::size_t iterations) {
  return record.iterations.size() == iterations && record.layers.size() == layers &&
         std::all_of(record.layers.begin(), record.layers.end(),
                     [&](const auto& layer) { return layer.size() == iterations; }) &&
         std::all_of(
             record.iterations.begin(), record.iterations.end(),
             [&](const IterationRecord& of) { return of.critical_path.layers.size() <= layers; });
}

bool is_possible(const InputRecord& input, std::size_t iterations, std::int64_t classes) {
  const auto is_class = [&](std::int64_t prediction) { return prediction < classes; };
  return input.iterations >= 1 && input.iterations <= iterations && is_class(input.prediction) &&
         std::all_of(input.predictions.begin(), input.predictions.end(), is_class);
}

/// Every amount is of something that the machine says it counts, and stands in its place once.
bool are_counted(const RunRecord& record) {
  const auto check = [&](const Counts& counts) {
    const auto unordered = [](const ActionCount& a, const ActionCount& b) {
      return !(a.what < b.what);
    };
    const std::vector<ActionCount>& all = counts.of_classes;
    check_counted(counts, record.counted);
    return std::adjacent_find(all.begin(), all.end(), unordered) == all.end();
  };
  const auto counts_of = [&](const auto& of) { return check(of.counts); };
  try {
    return check(record.boot_counts) &&
           std::all_of(record.iterations.begin(), record.iterations.end(), counts_of) &&
           std::all_of(record.inputs.begin(), record.inputs.end(), counts_of);
  } catch (const std::logic_error&) {
    return false;
  }
}

}  // namespace

RunRecord stored_record(const std::vector<std::uint8_t>& bytes, const std::string& origin,
                        const MemoryImage& image, std::size_t most_inputs) {
  check_levels(bytes, origin);
  RunRecord record = decode_record(bytes, origin);
  const auto iterations = static_cast<std::size_t>(image.info().iterations);
  const std::size_t layers = image.network().layers.size();
  if (record.inputs.empty() || record.inputs.size() > most_inputs) {
    refuse(origin, std::to_string(record.inputs.size()) + " inputs, expected 1 to " +
                       std::to_string(most_inputs));
  }
  if (!has_layers(record, layers, iterations)) {
    refuse(origin, "expected " + std::to_string(layers) + " layers in " +
                       std::to_string(iterations) + " iterations");
  }
  if (!has_units_everywhere(record)) {
    refuse(origin, "expected the same units everywhere, each with a name of its own");
  }
  if (!are_counted(record)) {
    refuse(origin, "expected amounts of what the machine counts, each once");
  }
  const std::int64_t classes = image.network().classes();
  const auto impossible = std::find_if_not(
      record.inputs.begin(), record.inputs.end(),
      [&](const InputRecord& input) { return is_possible(input, iterations, classes); });
  if (impossible != record.inputs.end()) {
    refuse(origin, "input " + std::to_string(impossible - record.inputs.begin()) +
                       " has impossible iterations or predictions");
  }
  return record;
}

Predictions stored_predictions(const std::vector<std::uint8_t>& bytes, const std::string& origin,
                               const MemoryImage& image, std::size_t inputs) {
  check_levels(bytes, origin);
  Predictions predictions = decode_predictions(bytes, origin);
  const auto is_class = [&](std::int32_t prediction) {
    return prediction >= 0 && prediction < image.network().classes();
  };
  if (predictions.size() != static_cast<std::size_t>(image.info().iterations) ||
      !std::all_of(predictions.begin(), predictions.end(), [&](const auto& of) {
        return of.size() == inputs && std::all_of(of.begin(), of.end(), is_class);
      })) {
    refuse(origin, "expected a class for each of " + std::to_string(inputs) + " inputs in " +
                       std::to_string(image.info().iterations) + " iterations");
  }
  return predictions;
}

void append_stored(RunRecord& record, const RunRecord& next, const std::string& origin) {
  if (!are_units(next.units, record.units) || next.counted != record.counted) {
    refuse(origin, "expected the units and counts of the pieces before it");
  }
  record.merge(next);
}

}  // namespace airnn
