// SPDX-License-Identifier: Apache-2.0
#include "hw/rtl/rtl_model.h"

#include <algorithm>
#include <new>
#include <utility>

namespace airnn {

namespace {

constexpr int kResetEdges = 2;

}  // namespace

RtlModel::RtlModel(std::shared_ptr<const RtlLibrary> library, const std::string& name,
                   std::uint64_t seed)
    : library_(std::move(library)),
      table_(library_->table()),
      model_(table_.create(name.c_str(), seed)) {
  if (model_ == nullptr) {
    throw std::bad_alloc();
  }
  pins_ = table_.pins(model_, &count_);
  for (const airnn_rtl_pin* pin = pins_; pin != pins_ + count_; ++pin) {
    if (pin->is_output == 0) {
      RtlPin(pin->data, pin->width).clear();
    }
  }
  try {
    clock_ = input("clk", 1);
    not_reset_ = input("rst_n", 1);
    eval(0);  // outputs that are constants
  } catch (...) {
    table_.destroy(model_);
    throw;
  }
}

RtlModel::~RtlModel() {
  table_.destroy(model_);
}

const airnn_rtl_pin& RtlModel::find(const std::string& pin) const {
  const airnn_rtl_pin* const found = std::find_if(
      pins_, pins_ + count_, [&](const airnn_rtl_pin& one) { return pin == one.name; });
  if (found == pins_ + count_) {
    library_->fail(std::string("module ") + table_.top + " has no pin " + pin);
  }
  return *found;
}

bool RtlModel::has(const std::string& pin) const {
  return std::any_of(pins_, pins_ + count_,
                     [&](const airnn_rtl_pin& one) { return pin == one.name; });
}

std::uint32_t RtlModel::width(const std::string& pin) const {
  return find(pin).width;
}

RtlPin RtlModel::input(const std::string& pin, std::uint32_t width) const {
  return checked(pin, width, false);
}

RtlPin RtlModel::output(const std::string& pin, std::uint32_t width) const {
  return checked(pin, width, true);
}

RtlPin RtlModel::checked(const std::string& pin, std::uint32_t width, bool is_output) const {
  const airnn_rtl_pin& found = find(pin);
  if ((found.is_output != 0) != is_output) {
    library_->fail("pin " + pin + " is an " + (is_output ? "input" : "output") + "; expected an " +
                   (is_output ? "output" : "input"));
  }
  if (found.width != width) {
    library_->fail("pin " + pin + " has " + std::to_string(found.width) + " bits; expected " +
                   std::to_string(width));
  }
  return {found.data, found.width};
}

void RtlModel::reset() {
  not_reset_.put(0);
  for (int edge = 0; edge < kResetEdges; ++edge) {
    eval(0);
    clock(0);
  }
  not_reset_.put(1);
  eval(0);
}

void RtlModel::eval(std::uint64_t time_ps) {
  table_.eval(model_, time_ps);
}

void RtlModel::clock(std::uint64_t time_ps) {
  clock_.put(1);
  eval(time_ps);
  clock_.put(0);
}

std::string RtlModel::failure() const {
  const char* const text = table_.failed(model_);
  return text == nullptr ? "" : text;
}

}  // namespace airnn
