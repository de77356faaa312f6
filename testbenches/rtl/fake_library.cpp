// SPDX-License-Identifier: Apache-2.0
//
// A library that no RTL was needed for: the pins of Buffer Address Calculation for 4 layers and 16
// lanes, and a flaw that the environment names.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "hw/rtl/airnn_rtl.h"

namespace {

constexpr std::uint32_t kLayers = 4;
constexpr std::uint32_t kLanes = 16;

bool has_flaw(const char* flaw) {
  const char* const text = std::getenv("AIRNN_FAKE_FLAW");
  return text != nullptr && std::string(text) == flaw;
}

struct Model {
  Model() {
    for (const char* name : {"clk", "rst_n"}) {
      add(name, 1, 0);
    }
    add("busy", 1, 1);
    add("error", 1, 1);
    add("rtl_latency", 16, 1)[0] = 2;
    add("cfg_pitch", kLayers * 24, 0);
    add("cfg_rows", kLayers * 16, 0);
    add("cfg_table", kLayers * 32, 0);
    add("in_weights_valid", 1, 0);
    if (!has_flaw("missing pin")) {
      add("in_weights_ready", 1, has_flaw("direction") ? 0 : 1);
    }
    add("in_weights_count", 5, 0);
    add("in_weights_last", 1, 0);
    add("in_weights_valid_from", 16, 0);
    add("in_weights_value", kLanes * 32, 0);
    add("in_weights_column", kLanes * 24, 0);
    add("in_weights_row", kLanes * (has_flaw("width") ? 15 : 16), 0);
    add("in_weights_layer", kLanes * 8, 0);
    add("out_placed_valid", kLayers, 1)[0] = has_flaw("valid after reset") ? 1 : 0;
    add("out_placed_credit", kLayers * 3, 0);
    add("out_placed_count", 5, 1);
    add("out_placed_valid_from", 16, 1);
    add("out_placed_slot", kLanes * 32, 1);
    add("out_placed_value", kLanes * 32, 1);
    add("out_placed_layer", kLanes * 8, 1);
    add("out_batch_placed_valid", 1, 1);
    add("out_batch_placed_credit", 2, 0);
    add("out_batch_placed_words", 32, 1);
  }

  std::uint32_t* add(const char* name, std::uint32_t width, std::uint32_t is_output) {
    bits.push_back(std::make_unique<std::vector<std::uint32_t>>((width + 31) / 32));
    pins.push_back({name, width, is_output, bits.back()->data()});
    return bits.back()->data();
  }

  std::vector<std::unique_ptr<std::vector<std::uint32_t>>> bits;
  std::vector<airnn_rtl_pin> pins;
};

void* create(const char* /*name*/, std::uint64_t /*seed*/) {
  return new Model();
}
const airnn_rtl_pin* pins_of(void* model, std::uint32_t* count) {
  *count = static_cast<std::uint32_t>(static_cast<Model*>(model)->pins.size());
  return static_cast<Model*>(model)->pins.data();
}
void eval(void* /*model*/, std::uint64_t /*time_ps*/) {}
const char* failed(void* /*model*/) {
  return has_flaw("assertion") ? "my.sv:7: an assertion or $stop" : nullptr;
}
void destroy(void* model) {
  delete static_cast<Model*>(model);
}

}  // namespace

extern "C" const airnn_rtl_table* airnn_rtl(void) {
  static airnn_rtl_table table;
  table = {has_flaw("abi") ? 99 : AIRNN_RTL_ABI,
           has_flaw("unit") ? "score" : "addresses",
           "my_module",
           "hand",
           create,
           pins_of,
           eval,
           failed,
           destroy};
  return &table;
}
