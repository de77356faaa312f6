// SPDX-License-Identifier: Apache-2.0
#include "testbenches/contract/serial_pins.h"

#include <algorithm>

#include "hw/compute/mac/requantise.h"

namespace airnn::test {

namespace {

enum Pin : std::size_t { kWeight, kPixel, kProduct, kValid, kKernel, kPosition, kResult };

}  // namespace

SerialPins::SerialPins(const EngineParams& params)
    : params_(params), pins_{{"", "weight0", {PinKind::signed_number, 32}},
                             {"", "pixel0", {PinKind::signed_number, 32}},
                             {"", "product0", {PinKind::sum, 64}},
                             {"out", "valid", {PinKind::bit, 1}},
                             {"out", "kernel", {PinKind::number, 32}},
                             {"out", "position", {PinKind::number, 32}},
                             {"out", "result", {PinKind::signed_number, 32}}} {}

SerialPins::Place SerialPins::place(std::uint64_t slot) const {
  const SparseKernels& kernels = *operands_.kernels;
  Place place;
  place.position = static_cast<std::int64_t>(slot / kernels.weights());
  std::uint64_t number = slot % kernels.weights();
  while (number >= kernels.count(place.kernel)) {
    number -= kernels.count(place.kernel++);
  }
  place.weight = kernels.begin(place.kernel) + number;
  return place;
}

std::int32_t SerialPins::pixel(const Place& place) const {
  const Layer& layer = params_.layer;
  const Window& window = layer.window;
  const auto column = static_cast<std::int32_t>(place.weight->column);
  const std::int32_t in_window = column % window.area();
  const std::int32_t group =
      static_cast<std::int32_t>(place.kernel) / (layer.kernels / layer.groups);
  const std::int32_t channel =
      group * (layer.input.channels / layer.groups) + column / window.area();
  const std::int64_t y = place.position / layer.result.width * window.stride_h - window.pad_top +
                         in_window / window.kernel_w;
  const std::int64_t x = place.position % layer.result.width * window.stride_w - window.pad_left +
                         in_window % window.kernel_w;
  if (y < 0 || y >= layer.input.height || x < 0 || x >= layer.input.width) {
    return 0;
  }
  return operands_.map[(channel * layer.input.height + y) * layer.input.width + x];
}

std::int32_t SerialPins::result(const Place& place) const {
  const Layer& layer = params_.layer;
  const int bits = layer.weight_format.fraction_bits + params_.input_format.fraction_bits;
  std::int64_t sum = operands_.kernels->bias(place.kernel);
  Place at = place;
  for (at.weight = operands_.kernels->begin(place.kernel);
       at.weight != operands_.kernels->end(place.kernel); ++at.weight) {
    sum += product(at);
  }
  if (operands_.skip != nullptr) {
    const std::int64_t positions = std::int64_t{layer.result.height} * layer.result.width;
    sum += align(operands_.skip[place.kernel * positions + place.position],
                 params_.skip_format.fraction_bits, bits);
  }
  return static_cast<std::int32_t>(
      std::clamp(round_shift(sum, bits - layer.output_format.fraction_bits), layer.clamp_low,
                 layer.clamp_high));
}

void SerialPins::show(std::size_t stage, std::uint64_t slot, PinSink& sink) {
  if (slot == kNoSlot) {
    const std::size_t first[] = {kWeight, kProduct, kValid, kResult + 1};
    for (std::size_t pin = first[stage]; pin < first[stage + 1]; ++pin) {
      sink.set(pin, 0);
    }
    return;
  }
  const Place at = place(slot);
  if (stage == 0) {
    sink.set(kWeight, at.weight->value);
    sink.set(kPixel, pixel(at));
  } else if (stage == 1) {
    sink.set(kProduct, product(at));
  } else {
    const bool is_last = at.weight + 1 == operands_.kernels->end(at.kernel);
    sink.set(kValid, is_last ? 1 : 0);
    sink.set(kKernel, at.kernel);
    sink.set(kPosition, at.position);
    sink.set(kResult, is_last ? result(at) : 0);
  }
}

}  // namespace airnn::test
