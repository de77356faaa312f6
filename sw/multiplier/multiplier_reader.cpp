// SPDX-License-Identifier: Apache-2.0
#include "sw/multiplier/multiplier_reader.h"

#include <filesystem>
#include <optional>

#include "sw/config/config_node.h"
#include "sw/config/data_folder.h"
#include "sw/config/value_rules.h"
#include "sw/format/errors.h"
#include "sw/multiplier/family/families.h"
#include "sw/multiplier/table_file.h"

namespace airnn {

namespace {

/// A multiplier of more than twice the exact one's energy is a mistake.
constexpr double kMostEnergy = 2;

void expect_energy(const ConfigReader& reader, const std::string& why) {
  if (!reader.has("relative_energy")) {
    reader.fail("relative_energy",
                "the key is missing; expected " + real_range(0, kMostEnergy) + ", as " + why);
  }
}

const MultiplierFamily* read_family(const ConfigReader& reader) {
  std::vector<NamedValue<const MultiplierFamily*>> names;
  for (const MultiplierFamily& family : multiplier_families()) {
    names.push_back({family.name, &family});
  }
  return reader.required_enum("formula", names);
}

void read_formula(const ConfigReader& reader, Multiplier& multiplier) {
  const MultiplierFamily& family = *read_family(reader);
  FamilyValues values;
  for (const FamilyParameter& parameter : family.parameters) {
    values.push_back(reader.required_int(parameter.key, parameter.min, parameter.max));
  }
  multiplier.description = family.text(values);
  multiplier.source = reader.string_or("source", family.source);
  multiplier.energy_by_rule = family.relative_energy != nullptr && !reader.has("relative_energy");
  if (multiplier.energy_by_rule) {
    multiplier.relative_energy = family.relative_energy(values);
  } else {
    expect_energy(reader, "no source gives the power of formula '" + family.name + "'");
  }
  multiplier.table = [&family, values] {
    return ProductTable::from_function(
        [&](std::uint32_t a, std::uint32_t b) { return family.multiply(a, b, values); });
  };
}

std::optional<std::uint32_t> read_crc(const ConfigReader& reader) {
  const std::optional<std::string> text = reader.optional_string("crc32c");
  if (!text) {
    return std::nullopt;
  }
  const std::optional<std::uint32_t> crc = parse_crc(*text);
  if (!crc) {
    reader.fail("crc32c", "expected eight hexadecimal digits, found " + quoted(*text));
  }
  return crc;
}

void read_table_entry(const ConfigReader& reader, Multiplier& multiplier) {
  const std::string path = reader.required_path("table");
  const std::string written = reader.required_string("table");
  const std::optional<std::uint32_t> crc = read_crc(reader);
  multiplier.description = std::filesystem::path(written).filename().string();
  multiplier.source = reader.string_or("source", "");
  expect_energy(reader, "a table does not say what its circuit needs");
  multiplier.table = [reader, path, written, crc] {
    const std::optional<std::string> in_data = path_in_data_folder(reader, "table", written);
    try {
      return read_table(in_data.value_or(path), crc);
    } catch (const DataError& error) {
      reader.fail("table", error.what());
    }
  };
}

}  // namespace

Multiplier read_multiplier(const std::string& name, const ConfigReader& reader) {
  Multiplier multiplier;
  multiplier.name = name;
  if (reader.has("formula") == reader.has("table")) {
    reader.fail(reader.has("formula") ? "table" : "formula",
                "expected either a formula or a table");
  }
  if (reader.has("formula")) {
    read_formula(reader, multiplier);
  } else {
    read_table_entry(reader, multiplier);
  }
  if (!multiplier.energy_by_rule) {
    multiplier.relative_energy = reader.required_double("relative_energy", 0, kMostEnergy);
  }
  return multiplier;
}

}  // namespace airnn
