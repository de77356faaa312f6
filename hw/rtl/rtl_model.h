// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hw/rtl/rtl_library.h"
#include "hw/rtl/rtl_pin.h"

namespace airnn {

/// One instance of a unit in RTL: its pins by name, and its clock.
class RtlModel {
 public:
  /// All inputs are 0. Throws UserError.
  RtlModel(std::shared_ptr<const RtlLibrary> library, const std::string& name, std::uint64_t seed);
  ~RtlModel();
  RtlModel(const RtlModel&) = delete;
  RtlModel& operator=(const RtlModel&) = delete;

  const RtlLibrary& library() const { return *library_; }

  bool has(const std::string& pin) const;
  /// Bits of a pin, whatever its direction. Throws UserError if there is none of the name.
  std::uint32_t width(const std::string& pin) const;
  /// Throws UserError unless the pin is there, with this direction and width.
  RtlPin input(const std::string& pin, std::uint32_t width) const;
  RtlPin output(const std::string& pin, std::uint32_t width) const;

  /// Two edges with `rst_n` 0.
  void reset();
  /// Works out the outputs from the inputs.
  void eval(std::uint64_t time_ps);
  /// The rising edge that ends a cycle, and the falling one.
  void clock(std::uint64_t time_ps);
  /// What the RTL itself says is wrong; empty: nothing.
  std::string failure() const;

 private:
  const airnn_rtl_pin& find(const std::string& pin) const;
  RtlPin checked(const std::string& pin, std::uint32_t width, bool is_output) const;

  std::shared_ptr<const RtlLibrary> library_;
  const airnn_rtl_table& table_;
  void* model_;
  const airnn_rtl_pin* pins_ = nullptr;
  std::uint32_t count_ = 0;
  RtlPin clock_;
  RtlPin not_reset_;
};

}  // namespace airnn
