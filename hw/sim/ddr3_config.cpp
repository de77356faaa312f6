// SPDX-License-Identifier: Apache-2.0
#include "hw/sim/ddr3_config.h"

#include <stdexcept>
#include <string>

#include "hw/sim/parameters/memory_parameters.h"

namespace airnn {

namespace {

Ddr3Part read_part(const ConfigReader& reader) {
  Ddr3Part part;
  read_parameters(ddr3_part_parameters(), reader, part);
  read_parameters(ddr3_geometry_parameters(), reader.required_section("geometry"), part.geometry);
  read_parameters(ddr3_timing_parameters(), reader.required_section("timing"), part.timing);
  read_parameters(ddr3_current_parameters(), reader.required_section("currents"), part.currents);
  const std::vector<Ddr3Inconsistency> found = inconsistencies(part);
  if (!found.empty()) {
    const std::string& key = found.front().key;
    const std::size_t dot = key.find('.');
    reader.section(key.substr(0, dot)).fail(key.substr(dot + 1), found.front().what);
  }
  return part;
}

void check_mapping(const ConfigReader& reader, const Ddr3ChannelParams& params) {
  try {
    AddressMap(params.mapping, params.part.geometry);
  } catch (const std::invalid_argument& error) {
    reader.fail("mapping", error.what());
  }
}

void check_queues(const ConfigReader& reader, const Ddr3ChannelParams& params) {
  if (params.drain_low_percent >= params.drain_high_percent) {
    reader.fail(reader.has("drain_low_percent") ? "drain_low_percent" : "drain_high_percent",
                "drain_low_percent (" + std::to_string(params.drain_low_percent) +
                    ") must be less than drain_high_percent (" +
                    std::to_string(params.drain_high_percent) + ")");
  }
}

void check_idle_times(const ConfigReader& reader, const Ddr3ChannelParams& params) {
  if (params.power_down_after_cycles != 0 && params.self_refresh_after_cycles != 0 &&
      params.self_refresh_after_cycles <= params.power_down_after_cycles) {
    reader.fail("self_refresh_after_cycles",
                "self-refresh (after " + std::to_string(params.self_refresh_after_cycles) +
                    ") must come later than power-down (after " +
                    std::to_string(params.power_down_after_cycles) + ")");
  }
}

}  // namespace

Ddr3ControllerParams read_ddr3_config(const ConfigReader& reader) {
  Ddr3ControllerParams params;
  Ddr3ChannelParams& channel = params.channel;
  channel.part = read_part(reader);
  const ConfigReader controller = reader.section("controller");
  read_parameters(ddr3_channel_parameters(), controller, channel);
  check_mapping(controller, channel);
  check_queues(controller, channel);
  check_idle_times(controller, channel);
  read_parameters(ddr3_controller_parameters(), reader, params);
  return params;
}

std::vector<ParameterSection> ddr3_config_sections() {
  return {
      parameter_section("memory of model ddr3", "", ddr3_part_parameters()),
      parameter_section("memory of model ddr3: geometry", "geometry.", ddr3_geometry_parameters()),
      parameter_section("memory of model ddr3: timing, in cycles of its clock", "timing.",
                        ddr3_timing_parameters()),
      parameter_section("memory of model ddr3: currents of one device, in mA", "currents.",
                        ddr3_current_parameters()),
      parameter_section("memory of model ddr3: controller", "controller.",
                        ddr3_channel_parameters()),
      parameter_section("memory of model ddr3: crossing", "", ddr3_controller_parameters())};
}

}  // namespace airnn
