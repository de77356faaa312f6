// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_address_pins.h"

#include <string>

#include "hw/common/check.h"

namespace airnn {

namespace {

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
      runs_ahead(model.has("rtl_trains") && model.output("rtl_trains", 1).is_set()),
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

void RtlAddressPins::drive(const WeightBeat* there) {
  const WeightBeat& beat = there != nullptr ? *there : WeightBeat();
  weights_valid.put(there != nullptr ? 1 : 0);
  weights_count.put(beat.count);
  weights_last.put(beat.last);
  weights_valid_from.put(beat.valid_from);
  for (std::uint32_t i = 0; i < lanes; ++i) {
    const WeightWord word = i < beat.count ? beat.words[i] : WeightWord();
    weights_value.put_field(i, kWordBits, static_cast<std::uint32_t>(word.value));
    weights_column.put_field(i, kColumnBits, word.column);
    weights_row.put_field(i, kRowBits, word.row);
    weights_layer.put_field(i, kLayerBits, word.layer);
  }
}

std::vector<RtlPiece> RtlAddressPins::pieces(const std::string& unit) const {
  std::vector<RtlPiece> all;
  if (placed_valid.is_zero()) {
    return all;
  }
  const std::uint32_t count = placed_count.get();
  MODEL_CHECK(count <= lanes, unit, "out_placed_count of the RTL is more than its lanes");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t layer = placed_layer.field(i, kLayerBits);
    if (all.empty() || all.back().layer != layer) {
      MODEL_CHECK(layer < layers && placed_valid.field(layer, 1) != 0, unit,
                  "out_placed_layer of the RTL names layer " + std::to_string(layer) +
                      ", but its out_placed_valid does not");
      all.push_back({layer, placed_valid_from.get(), {}});
    }
    all.back().words.push_back({placed_slot.field(i, kWordBits),
                                static_cast<std::int32_t>(placed_value.field(i, kWordBits))});
  }
  std::uint32_t valid = 0;
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    valid += placed_valid.field(layer, 1);
  }
  MODEL_CHECK(all.size() == valid, unit,
              "out_placed_valid of the RTL names " + std::to_string(valid) +
                  " layers, but its words are " + std::to_string(all.size()) + " pieces");
  return all;
}

}  // namespace airnn
