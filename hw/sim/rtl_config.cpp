// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/rtl_config.h"

#include <algorithm>
#include <string>

#include "sw/config/nearest_name.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

constexpr const char* kSection = "rtl";
constexpr const char* kLibrary = "library";
/// What a simulator of RTL takes: 31 bits.
constexpr std::int64_t kMostSeed = 2147483645;

const ParameterTable<RtlChoice>& rtl_choice_parameters() {
  static const ParameterTable<RtlChoice> table{Parameter<RtlChoice>::integer(
      "seed", &RtlChoice::seed, 0, kMostSeed,
      "Registers hold random values before the reset, drawn from this; 0: they hold 0")};
  return table;
}

ChoiceValues names_of(const RtlTable& units) {
  ChoiceValues names;
  for (const RtlUnit& unit : units) {
    names.names.push_back(unit.name);
  }
  return names;
}

/// `rtl.addresses: x.so`, or `rtl.addresses: {library: x.so, seed: 1}`.
void read_unit(const ConfigReader& rtl, const RtlUnit& unit, const Network& network,
               AcceleratorParams& params) {
  RtlChoice choice;
  std::string path;
  if (rtl.is_mapping(unit.name)) {
    const ConfigReader section = rtl.required_section(unit.name);
    path = section.required_path(kLibrary);
    read_parameters(rtl_choice_parameters(), section, choice);
  } else {
    path = rtl.required_path(unit.name);
  }
  try {
    choice.library = std::make_shared<const RtlLibrary>(path, unit.name);
    unit.put(choice, network, params);
  } catch (const UserError& error) {
    rtl.fail(unit.name, error.what());
  }
}

}  // namespace

void read_rtl(const ConfigReader& run, const Network& network, const RtlTable& units,
              AcceleratorParams& params) {
  const auto rtl = run.optional_section(kSection);
  if (!rtl) {
    return;
  }
  for (const std::string& key : rtl->keys()) {
    const ChoiceValues names = names_of(units);
    if (std::find(names.names.begin(), names.names.end(), key) == names.names.end()) {
      rtl->fail(key, "no unit of this name can be RTL; expected " + range_text(names) +
                         did_you_mean(key, names.names));
    }
  }
  for (const RtlUnit& unit : units) {
    if (rtl->has(unit.name)) {
      read_unit(*rtl, unit, network, params);
    }
  }
}

std::vector<ParameterSection> rtl_parameters(const RtlTable& units) {
  ParameterSection section = parameter_section("a unit in RTL: " + range_text(names_of(units)),
                                               "rtl.<unit>.", rtl_choice_parameters());
  section.keys.insert(section.keys.begin(),
                      {kLibrary, "", TextValues{"file"},
                       "The unit's library; alone it may be the value of rtl.<unit>"});
  return {section};
}

}  // namespace airnn
