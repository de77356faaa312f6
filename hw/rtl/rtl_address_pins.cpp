// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_address_pins.h"

#include <string>

#include "hw/common/ceil_log2.h"

namespace airnn {

namespace {

constexpr unsigned kLatencyBits = 16;

/// Bits that hold the numbers up to `most`.
std::uint32_t bits_for(std::uint32_t most) {
  return ceil_log2(std::uint64_t{most} + 1);
}

std::uint32_t latency_of(const RtlModel& model) {
  const std::uint32_t latency = model.output("rtl_latency", kLatencyBits).get();
  if (latency == 0) {
    model.library().fail("pin rtl_latency says 0; expected at least 1, before any clock");
  }
  return latency;
}

std::string beyond(const char* what, std::uint64_t is, const char* most, std::uint64_t limit) {
  return std::string(what) + " " + std::to_string(is) + "; " + most + " " + std::to_string(limit);
}

}  // namespace

RtlAddressPins::RtlAddressPins(const RtlModel& model)
    : layers(model.width("out_placed_valid")),
      lanes(model.width("in_weights_value") / kWordBits),
      latency(latency_of(model)),
      credit_bits(bits_for(latency + 2)),
      busy(model.output("busy", 1)),
      error(model.output("error", 1)),
      pitch(model.input("cfg_pitch", layers * kPitchBits)),
      rows(model.input("cfg_rows", layers * kRowsBits)),
      table(model.input("cfg_table", layers * kTableBits)),
      weights_valid(model.input("in_weights_valid", 1)),
      weights_ready(model.output("in_weights_ready", 1)),
      weights_count(model.input("in_weights_count", bits_for(lanes))),
      weights_last(model.input("in_weights_last", 1)),
      weights_valid_from(model.input("in_weights_valid_from", kIterationBits)),
      weights_value(model.input("in_weights_value", lanes * kWordBits)),
      weights_column(model.input("in_weights_column", lanes * kColumnBits)),
      weights_row(model.input("in_weights_row", lanes * kRowBits)),
      weights_layer(model.input("in_weights_layer", lanes * kLayerBits)),
      placed_valid(model.output("out_placed_valid", layers)),
      placed_credit(model.input("out_placed_credit", layers * credit_bits)),
      placed_count(model.output("out_placed_count", bits_for(lanes))),
      placed_valid_from(model.output("out_placed_valid_from", kIterationBits)),
      placed_slot(model.output("out_placed_slot", lanes * kWordBits)),
      placed_value(model.output("out_placed_value", lanes * kWordBits)),
      placed_layer(model.output("out_placed_layer", lanes * kLayerBits)),
      acknowledged(model.output("out_batch_placed_valid", 1)),
      acknowledged_credit(model.input("out_batch_placed_credit", 2)),
      acknowledged_words(model.output("out_batch_placed_words", kWordBits)) {}

void RtlAddressPins::check(const RtlModel& model, const BufferAddressCalculationParams& params,
                           unsigned machine_lanes) const {
  const RtlLibrary& library = model.library();
  if (params.layers.size() > layers) {
    library.fail(
        beyond("the network has layers:", params.layers.size(), "the RTL was built for", layers));
  }
  if (machine_lanes > lanes) {
    library.fail(beyond("accelerator.lanes is", machine_lanes, "the RTL was built for", lanes));
  }
  if (params.latency_cycles != latency) {
    library.fail(beyond("accelerator.address_latency_cycles is", params.latency_cycles,
                        "the RTL's latency is", latency));
  }
  for (const BufferMap& map : params.layers) {
    if (map.rows() >= (1U << kRowBits) || map.pitch() >= (1U << kColumnBits) ||
        map.table_words() >= (1U << kColumnBits)) {
      library.fail("the network has a layer of " + std::to_string(map.rows()) + " rows and " +
                   std::to_string(map.pitch()) +
                   " columns; pins of rows have 16 bits, those of columns 24");
    }
  }
}

}  // namespace airnn
