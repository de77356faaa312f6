// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <systemc>
#include <utility>

namespace airnn::test {

/// A process of its own, for a body during which the run fails.
struct Script : public sc_core::sc_module {
  Script(const sc_core::sc_module_name& module_name, std::function<void()> body)
      : sc_module(module_name), body_(std::move(body)) {
    SC_HAS_PROCESS(Script);
    SC_THREAD(execute);
  }
  void execute() { body_(); }
  std::function<void()> body_;
};

}  // namespace airnn::test
